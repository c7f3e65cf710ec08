/** What is no request to Node's parser, and what Node would answer by itself: each has the form of all errors. */
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let slow: Promise<string>;
beforeAll(async () => {
  gateway = await startTestGateway();
  slow = exchange('POST /graphql HTTP/1.1\r\nhost: localhost\r\n');
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

/** Sends texts, each when something has come back for the one before, and gives all that comes. */
function exchange(text: string, ...later: string[]): Promise<string> {
  return new Promise(resolve => {
    let received = '';
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname).setEncoding('latin1');
    socket.on('close', () => resolve(received)).on('error', () => {});
    socket.on('data', data => {
      received += String(data);
      const next = later.shift();
      if (next !== undefined) socket.write(next, 'latin1');
    });
    socket.write(text, 'latin1');
  });
}

interface Parsed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The answers in a text, each with a body of the length that it says. */
function answersIn(text: string): Parsed[] {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return [];
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map(line => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  const length = Number(headers['content-length']);
  const body: unknown = JSON.parse(text.slice(end + 4, end + 4 + length));
  return [{ status: Number(first.split(' ')[1]), headers, body }, ...answersIn(text.slice(end + 4 + length))];
}

function refused(status: number, code: string, message: string) {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': expect.stringMatching(/^\d+$/),
      connection: 'close',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      date: expect.stringMatching(/ GMT$/),
      'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
    },
    body: { errors: [{ message, extensions: { code } }] },
  };
}

const noRequest = (reason: string) =>
  refused(400, 'BAD_REQUEST', `This is no request of HTTP/1.1: ${reason}.`);

const tooLarge = refused(
  431,
  'HEADERS_TOO_LARGE',
  'The address and the headers of the request have more than 16384 bytes, or there are more than 100 headers, and no more are accepted.',
);

const head = (...lines: string[]) =>
  ['POST /graphql HTTP/1.1', 'host: localhost', 'content-type: application/json', ...lines, '', ''].join(
    '\r\n',
  );

const PRIVATE = 'margaret-at-example';

const cases: readonly [string, string, Parsed, string][] = [
  ['no HTTP at all', `${PRIVATE}\r\n\r\n`, noRequest('Invalid method encountered'), 'HPE_INVALID_METHOD'],
  [
    'a TLS handshake',
    '\x16\x03\x01\x02\x00\x01\x00',
    noRequest('Invalid method encountered'),
    'HPE_INVALID_METHOD',
  ],
  ['an unknown version', 'GET / HTTP/9.9\r\n\r\n', noRequest('Invalid HTTP version'), 'HPE_INVALID_VERSION'],
  [
    'HTTP/2',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    refused(400, 'BAD_REQUEST', 'HTTP/2 is not served. Use HTTP/1.1.'),
    'HPE_PAUSED_H2_UPGRADE',
  ],
  [
    'a header without a name',
    head(`bad ${PRIVATE}: x`),
    noRequest('Invalid header token'),
    'HPE_INVALID_HEADER_TOKEN',
  ],
  ['headers that are too long', head(`x: ${'y'.repeat(20_000)}`), tooLarge, 'HPE_HEADER_OVERFLOW'],
  [
    'headers that are too many',
    head(...Array.from({ length: 99 }, (_, at) => `x-${at}: 1`)),
    tooLarge,
    'HPE_HEADER_OVERFLOW',
  ],
  [
    'an address that is too long',
    `GET /${'y'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    tooLarge,
    'HPE_HEADER_OVERFLOW',
  ],
  [
    'two lengths',
    `${head('content-length: 3', 'content-length: 4')}{}`,
    noRequest('Duplicate Content-Length'),
    'HPE_UNEXPECTED_CONTENT_LENGTH',
  ],
  [
    'a length that is no number',
    head('content-length: many'),
    noRequest('Invalid character in Content-Length'),
    'HPE_INVALID_CONTENT_LENGTH',
  ],
  [
    'a length and chunks',
    head('content-length: 3', 'transfer-encoding: chunked'),
    noRequest("Transfer-Encoding can't be present with Content-Length"),
    'HPE_INVALID_TRANSFER_ENCODING',
  ],
  [
    'a chunk without a size',
    `${head('transfer-encoding: chunked')}${PRIVATE}\r\n`,
    noRequest('Invalid character in chunk size'),
    'HPE_INVALID_CHUNK_SIZE',
  ],
  [
    'chunks with extensions that are too long',
    `${head('transfer-encoding: chunked')}2;${'x'.repeat(16_385)}\r\n{}\r\n0\r\n\r\n`,
    refused(
      413,
      'REQUEST_TOO_LARGE',
      'The chunks of the request have extensions of more than 16384 bytes, and no more are accepted. Send them without any.',
    ),
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
  ],
];

describe.each(cases)('What is no request because of %s', (_name, text, answer, unreadable) => {
  test('is answered, and the connection ends', async () => {
    expect(answersIn(await exchange(text))).toEqual([answer]);
  });

  test('has a line in the log, with the id of the answer and nothing of what came', async () => {
    const before = gateway.log.length;
    const [{ headers, status, body } = answer] = answersIn(await exchange(text));
    const { errors } = body as { errors: { extensions: { code: string } }[] };
    expect(gateway.log.slice(before)).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        requestId: headers['x-request-id'],
        outcome: 'rejected',
        status,
        durationMs: expect.any(Number),
        errorCodes: errors.map(({ extensions }) => extensions.code),
        unreadable,
      },
    ]);
    expect(JSON.stringify(gateway.log)).not.toContain(PRIVATE);
  });
});

const create = (userId: string) => {
  const query = `mutation { createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename } }`;
  const body = JSON.stringify({ query });
  return `${head(`content-length: ${body.length}`)}${body}`;
};

describe('The requests before it over the same connection', () => {
  const created = {
    status: 200,
    body: { data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } } },
  };

  test.each([1, 2])('have their answers first, of %d', async count => {
    gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 200 } });
    const requests = Array.from({ length: count }, (_, at) => create(`new-${at}`));
    // What comes later finds a parser that has given up.
    const answers = answersIn(await exchange([...requests, 'garbage\r\n\r\n'].join(''), 'more\r\n\r\n'));
    expect(answers).toMatchObject([...requests.map(() => created), noRequest('Invalid method encountered')]);
    expect(gateway.localAws.requests.list()).toHaveLength(count);
  });

  test('have their answers first when it began well', async () => {
    gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 200 } });
    const bad = `${head('x-request-id: mine', 'transfer-encoding: chunked')}zz\r\n`;
    const [first, second, ...others] = answersIn(await exchange(`${create('new')}${bad}`));
    expect(first).toMatchObject(created);
    const refusal = noRequest('Invalid character in chunk size');
    expect(second).toEqual({ ...refusal, headers: { ...refusal.headers, 'x-request-id': 'mine' } });
    expect(others).toEqual([]);
  });
});

const statuses = async (...texts: [string, ...string[]]) =>
  answersIn(await exchange(...texts)).map(({ status }) => status);

describe('What began well and broke', () => {
  const begun = head('transfer-encoding: chunked').replace('/graphql', '/elsewhere');
  test('is answered once when it was refused before', async () => {
    expect(await statuses(begun, 'zz\r\n')).toEqual([404]);
  });

  test('is answered once when it was about to be refused', async () => {
    expect(await statuses(`${begun}zz\r\n`)).toEqual([400]);
  });
});

test('CONNECT is refused, for this is no proxy', async () => {
  const refusal = refused(405, 'BAD_REQUEST', 'This gateway is no proxy, and does not serve CONNECT.');
  expect(answersIn(await exchange('CONNECT aws.example:443 HTTP/1.1\r\nhost: aws.example\r\n\r\n'))).toEqual([
    { ...refusal, headers: { ...refusal.headers, allow: 'GET, POST' } },
  ]);
});

test.each(['websocket', 'h2c', 'TLS/1.0'])(
  'An offer to change to %s is not taken, and the request served',
  async protocol => {
    const body = '{"query":"{ __typename }"}';
    const headers = [`upgrade: ${protocol}`, 'connection: upgrade, close', `content-length: ${body.length}`];
    expect(answersIn(await exchange(`${head(...headers)}${body}`))).toMatchObject([
      { status: 200, body: { data: { __typename: 'Query' } } },
    ]);
  },
);

test('What a client expects is 100-continue or refused', async () => {
  const body = '{"query":"{ __typename }"}';
  const sent = (expected: string) =>
    `${head(`expect: ${expected}`, 'connection: close', `content-length: ${body.length}`)}${body}`;
  const good = await exchange(sent('100-Continue'));
  expect(good.startsWith('HTTP/1.1 100 Continue\r\n\r\n')).toBe(true);
  expect(answersIn(good.slice(25))).toMatchObject([{ status: 200, body: { data: { __typename: 'Query' } } }]);
  expect(answersIn(await exchange(sent('magic')))).toMatchObject([
    {
      status: 417,
      body: {
        errors: [
          {
            message: 'The header "expect" may say 100-continue alone, and not "magic".',
            extensions: { code: 'EXPECTATION_FAILED' },
          },
        ],
      },
    },
  ]);
});

test('A client that does not end the headers of its request is told so after a time', async () => {
  expect(answersIn(await slow)).toEqual([
    refused(
      408,
      'REQUEST_TIMEOUT',
      'The request did not arrive in time: its headers may take 10 seconds, and all of it 30 seconds.',
    ),
  ]);
});
