/** What happens to HTTP requests before and beside GraphQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, type Sent, send as sendTo } from '../support/http.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const send = (sent: Sent) => sendTo(gateway.url, sent);

function refusedWith(message: string, code: string) {
  return { errors: [{ message, extensions: { code } }] };
}

describe('the paths', () => {
  it('answers /health', async () => {
    expect(await send({ method: 'GET', path: '/health' })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
  });

  it.each<[string, (path: string) => Sent]>([
    ['POST', path => ({ ...json('{"query":"{ __typename }"}'), path })],
    ['GET', path => ({ method: 'GET', path: path.replace('?', '?query={__typename}&') })],
  ])('answers GraphQL to a %s request whose query ends like the path of /health', async (_method, sent) => {
    expect(await send(sent('/graphql?from=/health'))).toMatchObject({
      status: 200,
      body: { data: { __typename: 'Query' } },
    });
  });

  it('says where GraphQL is on any other path', async () => {
    expect(await send({ method: 'GET', path: '/graphql/v2' })).toMatchObject({
      status: 404,
      body: refusedWith('Nothing is served at this path. GraphQL is at /graphql.', 'NOT_FOUND'),
    });
  });
});

describe('the methods', () => {
  it('answers queries by GET', async () => {
    const path = `/graphql?query=${encodeURIComponent('query Q($a: Boolean!) { __typename @include(if: $a) }')}&variables=${encodeURIComponent('{"a": true}')}`;
    expect(await send({ method: 'GET', path })).toMatchObject({
      status: 200,
      body: { data: { __typename: 'Query' } },
    });
  });

  it('refuses mutations by GET, which a link on a web page could send', async () => {
    const mutation =
      'mutation { createRekognitionUser(input: {collectionId: "employees", userId: "x"}) { __typename } }';
    const path = `/graphql?query=${encodeURIComponent(mutation)}`;
    const answer = await send({ method: 'GET', path });
    expect(answer).toMatchObject({
      status: 405,
      body: refusedWith('Can only perform a mutation operation from a POST request.', 'BAD_REQUEST'),
    });
    expect(answer.headers['allow']).toBe('POST');
    expect(gateway.localAws.requests.list()).toEqual([]);
  });

  it('names the parameter that is not JSON', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ __typename }')}&variables={x`;
    expect(await send({ method: 'GET', path })).toMatchObject({
      status: 400,
      body: refusedWith(
        'One of the parameters "variables" and "extensions" is not valid JSON: ' +
          "Expected property name or '}' in JSON at position 1 (line 1 column 2).",
        'BAD_REQUEST',
      ),
    });
  });

  it.each(['PUT', 'DELETE', 'OPTIONS'])('refuses %s, and gives no other origin leave', async method => {
    const answer = await send({ method, headers: { origin: 'https://elsewhere.example' } });
    expect(answer).toMatchObject({
      status: 405,
      body: refusedWith('GraphQL only supports GET and POST requests.', 'BAD_REQUEST'),
    });
    expect(answer.headers['allow']).toBe('GET, POST');
    expect(Object.keys(answer.headers).filter(name => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the body', () => {
  it.each([
    ['text/plain', '{"query":"{ __typename }"}'],
    ['application/x-www-form-urlencoded', 'query={__typename}'],
    ['application/graphql', '{ __typename }'],
    ['application/json-seq', '{"query":"{ __typename }"}'],
  ])('is refused as %s, which a form on a web page could send', async (type, body) => {
    expect(await send(json(body, { 'content-type': type }))).toMatchObject({
      status: 415,
      body: refusedWith(
        'Send the request as JSON, with the header "content-type: application/json".',
        'UNSUPPORTED_MEDIA_TYPE',
      ),
    });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=UTF-8'])(
    'is accepted as %s',
    async type => {
      // A document of its own: those that are known do not pass Yoga, which is particular about the type.
      const sent = json(`{"query":"{ __typename } # ${type}"}`, { 'content-type': type });
      expect(await send(sent)).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
    },
  );

  it('is refused when it is compressed', async () => {
    expect(await send(json('x', { 'content-encoding': 'gzip' }))).toMatchObject({
      status: 415,
      body: refusedWith(
        'Send the request uncompressed, without a "content-encoding" header.',
        'UNSUPPORTED_MEDIA_TYPE',
      ),
    });
  });

  it('may have 1 MiB', async () => {
    const start = '{"query":"{ __typename }","variables":{"x":"';
    const body = `${start}${'x'.repeat(1_048_576 - start.length - 3)}"}}`;
    expect(body).toHaveLength(1_048_576);
    expect(await send(json(body))).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
  });

  it('is refused by its length alone when it has a byte more', async () => {
    const answer = await exchange(`${head('content-length: 1048577')}\r\n`);
    expect(answer).toContain('HTTP/1.1 413 Payload Too Large\r\n');
    expect(answer).toContain(
      'The request has 1048577 bytes; at most 1 MiB (1048576 bytes) are accepted. Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.',
    );
  });

  it.each([1_048_577, 20_000_000])('of %i bytes in chunks is refused before its end', async size => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expect(await send({ headers, body: Buffer.alloc(size, ' ') })).toMatchObject({
      status: 413,
      body: refusedWith(
        'The request has more than 1 MiB (1048576 bytes), and no more are accepted. Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.',
        'REQUEST_TOO_LARGE',
      ),
    });
  });

  it('is refused when it goes on without end', async () => {
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const answer = await exchange(`${head('transfer-encoding: chunked')}\r\n${chunk.repeat(17)}`);
    expect(answer).toContain('HTTP/1.1 413 Payload Too Large\r\n');
  });

  it.each([
    ['', 'The request is not valid JSON: Unexpected end of JSON input.'],
    ['{"query":', 'The request is not valid JSON: Unexpected end of JSON input.'],
    ['query', "The request is not valid JSON: Unexpected token 'q'."],
    ['null', 'POST body is expected to be object but received null'],
    ['"{ __typename }"', 'POST body is expected to be object but received string'],
    ['[]', 'Batching is not supported.'],
    ['[{"query":"{ __typename }"}]', 'Batching is not supported.'],
    ['{}', 'Must provide query string.'],
    ['{"query":{}}', 'Expected "query" param to be a string, but given object.'],
    [
      '{"query":"{ __typename }","variables":"x"}',
      'Expected "variables" param to be empty or an object, but given string.',
    ],
    ['{"query":"{ __typename }","__proto__":{}}', 'Unexpected parameter "__proto__" in the request body.'],
  ])('is refused as %s', async (body, message) => {
    expect(await send(json(body))).toMatchObject({ status: 400, body: refusedWith(message, 'BAD_REQUEST') });
  });

  it('cannot change the prototype of objects', async () => {
    const body = `{"query":"mutation($input: CreateRekognitionUserInput!) { createRekognitionUser(input: $input) { __typename } }",
      "variables":{"__proto__":{"polluted":1},"input":{"__proto__":{"polluted":1},"collectionId":"employees","userId":"x"}}}`;
    const answer = await send(json(body));
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe.each(['new', 'known'])('a request for a document that is %s', sight => {
  let query = '';
  let documents = 0;
  const answered = '{"data":{"__typename":"Query"}}';
  beforeEach(async () => {
    // A comment that no other request has makes the document new.
    documents += 1;
    query = JSON.stringify({ query: `{ __typename } # é, ${sight}, ${documents}` });
    if (sight === 'known') await send(json(query));
  });
  const length = () => `content-length: ${Buffer.byteLength(query)}`;

  it('may come in chunks that cut a character in two', async () => {
    const bytes = Buffer.from(query);
    const cut = bytes.indexOf('é') + 1;
    const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
    const chunks = parts.flatMap(part => [
      Buffer.from(`${part.length.toString(16)}\r\n`),
      part,
      Buffer.from('\r\n'),
    ]);
    const start = Buffer.from(`${head('Transfer-Encoding: Chunked')}\r\n`);
    const answer = await exchange(Buffer.concat([start, ...chunks, Buffer.from('0\r\n\r\n')]));
    expect(answer).toContain(answered);
  });

  it('may ask first whether its body is welcome', async () => {
    const answer = await exchange(`${head(length(), 'expect: 100-continue')}\r\n${query}`);
    expect(answer.startsWith(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n`)).toBe(true);
    expect(answer).toContain(answered);
  });

  it.each(['http://localhost/graphql', 'HTTP://LOCALHOST:4000/graphql?from=/health'])(
    'may name the whole address: %s',
    async target => {
      const start = head(length())
        .replace('/graphql', target)
        .replace('host: localhost', 'host: elsewhere.example');
      const answer = await exchange(`${start}\r\n${query}`);
      expect(answer).toContain(answered);
    },
  );

  it('may not name an address of elsewhere, whatever its Host header says', async () => {
    const start = head(length());
    const answer = await exchange(
      `${start.replace('/graphql', 'http://rebound.example/graphql')}\r\n${query}`,
    );
    expect(answer).toContain('HTTP/1.1 421 ');
    expect(answer).toContain('and not \\"rebound.example\\".');
  });

  it.each([
    ['two hosts', 'host: localhost'],
    ['two types', 'Content-Type: application/json'],
  ])('may not have %s', async (_what, header) => {
    const start = head(length(), header);
    const answer = await exchange(`${start}\r\n${query}`);
    expect(answer).toContain('HTTP/1.1 400 Bad Request\r\n');
    const name = header.split(':')[0]?.toLowerCase();
    expect(answer).toContain(`"The request has more than one \\"${name}\\" header."`);
  });

  it.each<[string, () => readonly string[]]>([
    ['two lengths', () => [length(), 'content-length: 1']],
    ['the same length twice', () => [length(), length()]],
    ['a length and chunks', () => [length(), 'transfer-encoding: chunked']],
    ['fewer bytes declared than it has', () => ['content-length: 5']],
  ])('may not have %s', async (_what, headers) => {
    const answer = await exchange(`${head(...headers())}\r\n${query}`);
    expect(answer).toContain('HTTP/1.1 400 Bad Request\r\n');
    expect(answer).not.toContain(answered);
  });

  it('has to name its host in HTTP/1.1, and need not in HTTP/1.0', async () => {
    const start = head(length()).replace('host: localhost\r\n', '');
    expect(await exchange(`${start}\r\n${query}`)).toContain('HTTP/1.1 400 Bad Request\r\n');
    expect(await exchange(`${start.replace('HTTP/1.1', 'HTTP/1.0')}\r\n${query}`)).toContain(answered);
  });

  it.each([
    'application/json',
    'application/json;charset=utf8',
    'application/json; charset="UTF-8"',
    'application/json; a="charset=latin1"',
    'application/json; a="; charset=latin1"; charset=utf-8',
    String.raw`application/json; a="\"; charset=latin1"`,
  ])('is UTF-8 as %s, with a byte-order mark or without', async type => {
    for (const start of ['', '\uFEFF']) {
      expect(await send(json(start + query, { 'content-type': type }))).toMatchObject({
        status: 200,
        body: { data: { __typename: 'Query' } },
      });
    }
  });

  it.each([
    'charset=utf-8; charset=iso-8859-1',
    'charset=utf-8;Charset=UTF-8',
    'a="b"; charset="utf-8" ; charset=utf-8',
    'charset="utf-8"; charset="iso-8859-1',
  ])('may not be declared twice, as in %s', async parameters => {
    const declared = json(query, { 'content-type': `application/json; ${parameters}` });
    expect(await send(declared)).toMatchObject({
      status: 415,
      body: refusedWith(
        'Send the request in UTF-8; its "content-type" header declares more than one charset.',
        'UNSUPPORTED_MEDIA_TYPE',
      ),
    });
  });

  it.each(['"iso-8859-1', '"utf-8', String.raw`"utf-8\"`])(
    'may not be declared by half: %s',
    async charset => {
      const declared = json(query, { 'content-type': `application/json; charset=${charset}` });
      expect(await send(declared)).toMatchObject({
        status: 415,
        body: refusedWith(
          'Send the request in UTF-8; its "content-type" header declares a charset whose quotation mark is not closed.',
          'UNSUPPORTED_MEDIA_TYPE',
        ),
      });
    },
  );

  it.each(['iso-8859-1', 'utf-16', 'us-ascii', ''])('may not be declared as %s', async charset => {
    const declared = json(query, { 'content-type': `application/json; charset=${charset}` });
    expect(await send(declared)).toMatchObject({
      status: 415,
      body: refusedWith(
        `Send the request in UTF-8; its "content-type" header declares the charset "${charset}".`,
        'UNSUPPORTED_MEDIA_TYPE',
      ),
    });
  });

  it.each<[string, (text: string) => Buffer]>([
    ['ISO-8859-1', text => Buffer.from(text, 'latin1')],
    ['UTF-16', text => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-8 with half a surrogate pair', text => Buffer.from(text.replace('é', '\xED\xA0\x80'), 'latin1')],
    ['UTF-8 that is cut off', text => Buffer.from(text).subarray(0, Buffer.from(text).indexOf('é') + 1)],
  ])('may not be %s', async (_encoding, encode) => {
    expect(await send(json(encode(query)))).toMatchObject({
      status: 400,
      body: refusedWith(
        'The bytes of the request are not valid UTF-8. Send the request in UTF-8.',
        'BAD_REQUEST',
      ),
    });
  });

  it.each<readonly [accept: string, type: string]>([
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json;q=0, application/graphql-response+json', 'application/graphql-response+json'],
    ['application/json;q=0.5, application/graphql-response+json;q=0.9', 'application/graphql-response+json'],
    ['*/*, application/json;q=0', 'application/graphql-response+json'],
    ['application/*;q=0.2, application/json;q=0.1', 'application/graphql-response+json'],
    ...['abc', '.', '..', '.abc', '0abc', '0x5', '0e0', '-0', '0 1', '"0"'].map(
      weight => [`application/json;q=${weight}`, 'application/json'] as const,
    ),
    ['application/json;q=.2, application/graphql-response+json;q=1.', 'application/graphql-response+json'],
    ['application/json;q=, application/graphql-response+json;q=0.5', 'application/json'],
    [
      'application/json;q=0.5, application/graphql-response+json; q = high',
      'application/graphql-response+json',
    ],
    ['text/event-stream;q=0.1, application/json', 'application/json'],
    ['multipart/mixed;deferSpec=20220824, application/json;q=0.1', 'application/json'],
    [
      'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
      'application/graphql-response+json',
    ],
    ['text/event-stream', 'text/event-stream'],
  ])('is answered by the weights in the Accept header %o', async (accept, type) => {
    const { status, headers } = await send(json(query, { accept }));
    expect(status).toBe(200);
    expect(headers['content-type']?.toString().split(';')[0]).toBe(type);
  });
});

describe('an answer that the client does not accept', () => {
  it.each([
    'application/json;q=0',
    'application/json; q = 0. ',
    '*/*;q=0.000',
    'text/html',
    'application/json; charset=utf-16',
  ])('is refused with a body, and the mutation is not performed: %s', async accept => {
    const userId = `unaccepted-${Buffer.from(accept).toString('hex')}`;
    const query = `mutation M { createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename } }`;
    const before = gateway.localAws.requests.list().length;
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await send(json(JSON.stringify({ query }), { accept }))).toMatchObject({
        status: 406,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: refusedWith(
          'The "accept" header allows none of the media types that answers can have: application/json, ' +
            'application/graphql-response+json, text/event-stream, multipart/mixed.',
          'NOT_ACCEPTABLE',
        ),
      });
    }
    expect(gateway.localAws.requests.list()).toHaveLength(before);
    const created = { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } };
    expect(await gateway.query(query)).toEqual({ data: created });
  });
});

/** The head of a request, up to the line that ends it. */
function head(...headers: readonly string[]): string {
  const own = ['host: localhost', 'content-type: application/json'];
  return ['POST /graphql HTTP/1.1', ...own, ...headers].map(line => `${line}\r\n`).join('');
}

/** Sends bytes and gives what comes back, up to the end of an answer in JSON or of the connection. */
function exchange(bytes: string | Buffer): Promise<string> {
  return new Promise(resolve => {
    let received = '';
    const socket = connectTo(gateway.url).setEncoding('utf8');
    socket
      .on('close', () => resolve(received))
      .on('data', text => {
        received += String(text);
        if (/\r\n\r\n\{.*\}$/.test(received)) socket.destroy();
      });
    socket.write(bytes);
  });
}
