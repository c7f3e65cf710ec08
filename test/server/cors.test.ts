/** Which web pages may use the gateway through a browser; a browser goes by these headers and by nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { StartupError } from '../../src/startup-error.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, type Received, type Sent, send } from '../support/http.ts';

const app = 'https://app.example.com';
const devServer = 'http://localhost:5173';

let open: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  open = await startTestGateway({ CORS_ORIGINS: `${app}, ${devServer}` });
  closed = await startTestGateway();
});
afterAll(() => Promise.all([open.stop(), closed.stop()]));

/** What a browser looks at. */
function corsOf({ headers }: Received) {
  const ours = Object.entries(headers).filter(
    ([name]) => name === 'vary' || name.startsWith('access-control-'),
  );
  return Object.fromEntries(ours);
}

const allowing = (origin: string) => ({
  vary: 'origin',
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'x-request-id, retry-after, www-authenticate',
});

function post(query: string, headers: Record<string, string>): Sent {
  return json(JSON.stringify({ query }), headers);
}

function preflight(origin: string, path = '/graphql'): Sent {
  return {
    method: 'OPTIONS',
    path,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  };
}

/** Requests with every kind of answer. The page has its own list of what it varies by. */
const requests: readonly [string, Sent, number][] = [
  ['a result', post('{ __typename }', {}), 200],
  ['an error in the document', post('{ nothing }', { accept: 'application/graphql-response+json' }), 400],
  ['a document that cannot be read', post('{', {}), 200],
  ['a refusal by the headers', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
  ['a refusal by the body', json(Buffer.from([0xff])), 400],
  ['a refusal of the host', post('{ __typename }', { host: 'rebound.example' }), 421],
  ['a query by GET', { method: 'GET', path: '/graphql?query={__typename}' }, 200],
  ['a method that is not served', { method: 'PUT' }, 405],
  ['health', { method: 'GET', path: '/health' }, 200],
  ['a path at which there is nothing', { method: 'GET', path: '/nowhere' }, 404],
];

function from(origin: string, sent: Sent): Sent {
  return { ...sent, headers: { ...sent.headers, origin } };
}

describe('an origin of CORS_ORIGINS', () => {
  it.each(requests)(
    'may read %s, on the first and the second sight of the document',
    async (_name, sent, status) => {
      for (const origin of [app, devServer]) {
        for (let sight = 1; sight <= 2; sight += 1) {
          const answer = await send(open.url, from(origin, sent));
          expect(answer.status).toBe(status);
          expect(corsOf(answer)).toEqual(allowing(origin));
        }
      }
    },
  );

  it('may send JSON, and read the result and the id of the request', async () => {
    const query = `mutation { createRekognitionUser(input: {collectionId: "employees", userId: "page"}) {
      ... on CreateRekognitionUserSuccess { user { userId } }
    } }`;
    const answer = await send(open.url, post(query, { origin: app, 'x-request-id': 'req-1' }));
    expect(answer.body).toEqual({ data: { createRekognitionUser: { user: { userId: 'page' } } } });
    expect(answer.headers['x-request-id']).toBe('req-1');
    expect(corsOf(answer)).toEqual(allowing(app));
  });

  it('is told before that it may send what it asks for, without credentials', async () => {
    const answer = await send(open.url, preflight(app));
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(corsOf(answer)).toEqual({
      ...allowing(app),
      vary: 'origin, access-control-request-headers',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '7200',
    });
  });

  it('is refused before as any other when the host is foreign', async () => {
    const sent = preflight(app);
    const answer = await send(open.url, { ...sent, headers: { ...sent.headers, host: 'rebound.example' } });
    expect(answer.status).toBe(421);
    expect(corsOf(answer)).toEqual(allowing(app));
  });

  it('gets no leave by an OPTIONS request that is no browser asking', async () => {
    const answer = await send(open.url, { method: 'OPTIONS', headers: { origin: app } });
    expect(answer.status).toBe(405);
  });
});

const others: readonly string[] = [
  'https://other.example',
  `${app}:8443`,
  `${app}.evil.example`,
  'http://app.example.com',
  'http://localhost:3000',
  'null',
  `${app}/`,
  '*',
];

describe('any other origin', () => {
  it.each(others)('gets none of the headers that would let it: %s', async origin => {
    for (const [, sent, status] of requests) {
      for (let sight = 1; sight <= 2; sight += 1) {
        const answer = await send(open.url, from(origin, sent));
        expect(answer.status).toBe(status);
        expect(corsOf(answer)).toEqual({ vary: 'origin' });
      }
    }
    const answer = await send(open.url, preflight(origin));
    expect(answer.status).toBe(405);
    expect(corsOf(answer)).toEqual({ vary: 'origin' });
  });

  it('is who sends no origin, and answers to it vary', async () => {
    for (const [, sent] of requests) expect(corsOf(await send(open.url, sent))).toEqual({ vary: 'origin' });
  });
});

it('By default no answer says anything of origins', async () => {
  for (const origin of [app, devServer, 'null']) {
    for (const [, sent, status] of requests) {
      const answer = await send(closed.url, from(origin, sent));
      expect(answer.status).toBe(status);
      expect(corsOf(answer)).toEqual({});
    }
    expect(corsOf(await send(closed.url, preflight(origin)))).toEqual({});
  }
});

describe('CORS_ORIGINS', () => {
  it('takes origins as browsers write them', () => {
    const origins = [
      app,
      devServer,
      'http://127.0.0.1:8080',
      'http://[::1]:3000',
      'https://xn--bcher-kva.example',
    ];
    expect(readConfig({ CORS_ORIGINS: origins.join(',') }).server.corsOrigins).toEqual(origins);
    expect(readConfig({ CORS_ORIGINS: '' }).server.corsOrigins).toEqual([]);
  });

  it.each([
    ['*', '"*" would let pages in that nobody has named'],
    ['https://*.a.example', '"https://*.a.example" would let pages in that nobody has named'],
    [`${app}/`, `the origin of "${app}/" is ${app}`],
    [`${app},https://b.example/app`, 'the origin of "https://b.example/app" is https://b.example'],
    ['https://a.example?', 'the origin of "https://a.example?" is https://a.example'],
    ['https://a.example:443', 'the origin of "https://a.example:443" is https://a.example'],
    ['http://a.example:80', 'the origin of "http://a.example:80" is http://a.example'],
    ['https://A.example', 'the origin of "https://A.example" is https://a.example'],
    ['https://me@a.example', 'the origin of "https://me@a.example" is https://a.example'],
    ['https://bücher.example', 'the origin of "https://bücher.example" is https://xn--bcher-kva.example'],
    ['a.example', '"a.example" is none'],
    ['localhost:5173', '"localhost:5173" is none'],
    ['file:///app', '"file:///app" is none'],
    ['https://', '"https://" is none'],
    ['null', '"null" is none'],
    [`${app},`, '"" is none'],
    [`${app} ${devServer}`, `"${app} ${devServer}" is none`],
  ])('refuses what no browser would send, in one line: %s', (value, fault) => {
    const rule = `it must be a list, separated by commas, of origins such as ${app} or ${devServer}`;
    const line = `CORS_ORIGINS=${JSON.stringify(value)} is wrong: ${rule}; ${fault}.`;
    expect(() => readConfig({ CORS_ORIGINS: value })).toThrow(new StartupError([line]));
  });
});
