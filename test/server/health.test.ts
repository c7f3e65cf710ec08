/** What health checks are told: whether the process lives, and whether to send requests to it. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { connectTo } from '../support/connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { spawnGateway } from '../support/process.ts';
import { documentOfQuery, exampleOf, isList, queries } from '../support/queries.ts';

let gateway: TestGateway;
beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  vi.useFakeTimers({ toFake: ['performance'] });
  gateway = await startTestGateway();
});
afterEach(async () => {
  vi.useRealTimers();
  await gateway.stop();
});

const ids = providers.map(({ id }) => id);

/** A document that makes calls to one provider: the example of its first query that is not a list. */
function callTo(id: string): string {
  const { name } = queries.find(({ name: each, provider }) => provider === id && !isList(each)) ?? {};
  if (name === undefined) throw new Error(`${id} has no query that looks one thing up.`);
  return documentOfQuery(name, exampleOf(name).select);
}

async function call(...called: readonly string[]): Promise<void> {
  for (const id of called) await gateway.query(callTo(id));
}

/** What is told of each provider, in their order: what some have of their own, and what the others have. */
function states(own: Readonly<Record<string, object>>, others: object = unknown) {
  return Object.fromEntries(ids.map(id => [id, own[id] ?? others]));
}

async function get(path: string) {
  const { status, body } = await send(gateway.url, { method: 'GET', path });
  return { status, body };
}

const unknown = { status: 'unknown' };
const ready = { status: 'ready' };

describe('GET /health/ready', () => {
  it('knows nothing of providers that were not called, calls none, and is ready', async () => {
    expect(await get('/health/ready')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        providers: states({}),
      },
    });
    expect(gateway.localAws.requests.list()).toEqual([]);
  });

  it('takes any answer of AWS for a sign of life, a refusal and a throttle too', async () => {
    gateway.localAws.faults.add({ service: 'rekognition', effect: { type: 'throttle' } });
    gateway.localAws.faults.add({
      service: 'identitystore',
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    await call('rekognition', 'identity-store');
    expect(await get('/health/ready')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        providers: states({ rekognition: ready, 'identity-store': ready }),
      },
    });
  });

  it('says that a provider fails after three failures in a row, and that it is well after one answer', async () => {
    const id = { service: 'rekognition', effect: { type: 'drop' } } as const;
    gateway.localAws.faults.add({ ...id, times: 3 });
    await call('chime', 'rekognition', 'rekognition');
    const body = (rekognition: object) => ({
      status: 'ready',
      providers: states({ rekognition, chime: ready }),
    });
    const doubtful = { status: 'ready', failure: 'disconnected' };
    expect(await get('/health/ready')).toEqual({ status: 200, body: body(doubtful) });
    await call('rekognition');
    const failing = { status: 'failing', failure: 'disconnected' };
    expect(await get('/health/ready')).toEqual({ status: 200, body: body(failing) });
    await call('rekognition');
    expect(await get('/health/ready')).toEqual({ status: 200, body: body(ready) });
  });

  it('is not ready when every provider fails, and tries again after half a minute', async () => {
    const internal = { type: 'response', status: 500, body: '<html>' } as const;
    gateway.localAws.faults.add({ effect: internal });
    await call(...ids, ...ids, ...ids);
    const failing = { status: 'failing', failure: 'unreadable' };
    expect(await get('/health/ready')).toEqual({
      status: 503,
      body: {
        status: 'failing',
        providers: states({}, failing),
      },
    });
    expect(await get('/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
    vi.advanceTimersByTime(30_001);
    expect(await get('/health/ready')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        providers: states({}),
      },
    });
  });

  it.each([
    ['read more than a request may', { MAX_UPSTREAM_BYTES: '1024' }],
    ['had no more time', { REQUEST_TIMEOUT_MS: '1' }],
  ])('learns nothing of a provider from requests that %s', async (_what, limits) => {
    vi.useRealTimers();
    const limited = await startTestGateway({ PROVIDERS: 'identity-store', ...limits });
    onTestFinished(() => limited.stop());
    // Otherwise a fast machine may answer in a millisecond.
    limited.localAws.faults.add({ operation: 'ListUsers', effect: { type: 'latency', milliseconds: 50 } });
    for (let time = 0; time < 4; time += 1) {
      const { errors } = await limited.query('{ identityStoreUsers(first: 100) { edges { node { id } } } }');
      expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_FAILURE' } }]);
    }
    expect(await send(limited.url, { method: 'GET', path: '/health/ready' })).toMatchObject({
      status: 200,
      body: { status: 'ready', providers: { 'identity-store': unknown } },
    });
    const ends = limited.log.filter(({ failure }) => failure !== undefined);
    expect(ends).toHaveLength(4);
    expect(ends.map(({ level }) => level)).toEqual([30, 30, 30, 30]);
  });

  it('believes at once that there are no credentials', async () => {
    const other = spawnGateway({
      PORT: '0',
      PROVIDERS: 'rekognition',
      AWS_BACKEND: 'aws',
      AUTH: 'none',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    const { origin } = new URL(await other.url);
    await send(origin, json(JSON.stringify({ query: callTo('rekognition') })));
    const { status, body } = await send(origin, { method: 'GET', path: '/health/ready' });
    const failing = { status: 'failing', failure: 'noCredentials' };
    expect({ status, body }).toEqual({
      status: 503,
      body: { status: 'failing', providers: { rekognition: failing } },
    });
  });
});

it('while the gateway stops, it is not ready', async () => {
  const client = connectTo(gateway.url).setEncoding('utf8');
  const closed = once(client, 'close');
  let received = '';
  client.on('data', text => {
    received += String(text);
  });
  const body = '{"query":"{ __typename }"}';
  client.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  // The server has read the head when it asks for the body.
  await expect.poll(() => received).toContain('100 Continue');
  const stopped = gateway.stop();
  client.write(`${body}GET /health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  await Promise.all([stopped, closed]);
  expect(received).toContain('{"data":{"__typename":"Query"}}HTTP/1.1 503 Service Unavailable');
  const told = { status: 'stopping', providers: states({}) };
  expect(received.split('\r\n').at(-1)).toBe(JSON.stringify(told));
});
