/** What happens to HTTP requests before and beside GraphQL. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    ['multipart/form-data; boundary=x', '--x--'],
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

  it('is refused without its length', async () => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expect(await send({ headers, body: '{"query":"{ __typename }"}' })).toMatchObject({
      status: 411,
      body: refusedWith(
        'Send the length of the request in a "content-length" header; chunked requests are not accepted.',
        'LENGTH_REQUIRED',
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
    const headers = { 'content-type': 'application/json', 'content-length': '1048577' };
    const answer = await new Promise<string>(resolve => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').setEncoding('utf8');
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`POST /graphql HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`);
      socket.once('data', text => resolve(String(text)));
    });
    expect(answer).toContain('HTTP/1.1 413 Payload Too Large\r\n');
    expect(answer).toContain('The request has 1048577 bytes; at most 1 MiB (1048576 bytes) are accepted.');
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

  it('may hold variables nested a hundred thousand deep', async () => {
    const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
    expect(await send(json(`{"query":"{ __typename }","variables":${deep}}`))).toMatchObject({
      status: 200,
      body: { data: { __typename: 'Query' } },
    });
  });
});

describe('the Host header', () => {
  it.each(['localhost', 'localhost:1', '127.0.0.1:4000', '[::1]:4000', 'LOCALHOST'])(
    'may be %s',
    async host => {
      expect(await send({ method: 'GET', path: '/health', headers: { host } })).toMatchObject({
        status: 200,
      });
    },
  );

  it.each(['rebound.example', 'localhost.rebound.example', '127.0.0.1.rebound.example:4000', '192.168.0.7'])(
    'may not be %s, so that no web page can pose as the same origin',
    async host => {
      const name = host.replace(':4000', '');
      expect(await send(json('{"query":"{ __typename }"}', { host }))).toMatchObject({
        status: 421,
        body: refusedWith(
          `This gateway serves only this machine, as localhost, and not "${name}". Set HOST to serve others.`,
          'FOREIGN_HOST',
        ),
      });
    },
  );
});

describe('the request id', () => {
  it('is the one that the caller gave', async () => {
    const answer = await send(json('{"query":"{ __typename }"}', { 'x-request-id': 'abc-1:2/3' }));
    expect(answer.headers['x-request-id']).toBe('abc-1:2/3');
  });

  it.each(['', 'a b', 'a"b', 'x'.repeat(129)])(
    'is a new one when the caller gave what is unfit for logs: %s',
    async id => {
      const answer = await send({ method: 'GET', path: '/health', headers: { 'x-request-id': id } });
      expect(answer.headers['x-request-id']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    },
  );
});
