/** How many requests there may be at a time, and which of them count. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { startIssuer } from '../support/issuer.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway({ METRICS_PORT: '0', ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const asks = json('{"query":"{ __typename }"}');

const refusal = (message: string, limit: string, maximum: number) => ({
  status: 503,
  headers: { 'retry-after': '1' },
  body: { errors: [{ message, extensions: { code: 'OVERLOADED', limit, maximum, retryable: true } }] },
});

const overloaded = refusal(
  'The gateway has as many requests under way as it may have, which is 2 (MAX_IN_FLIGHT). Nothing was done. Try again.',
  'inFlight',
  2,
);

/** A request whose body is never complete. */
function halfARequest(url: string, authorization = ''): Socket {
  const socket = connectTo(url);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${authorization}content-type: application/json\r\ncontent-length: 26\r\n\r\n{`,
  );
  return socket;
}

/** What is counted at present. */
async function counted({ metricsUrl }: TestGateway) {
  const samples = await scrape(metricsUrl);
  return {
    served: valueOf(samples, 'vestibule_graphql_requests_in_flight'),
    coming: valueOf(samples, 'vestibule_bodies_coming'),
  };
}

const becomes = (gateway: TestGateway, expected: Awaited<ReturnType<typeof counted>>) =>
  vi.waitFor(async () => expect(await counted(gateway)).toEqual(expected), { timeout: 10_000 });

/** A request that AWS takes long to answer. */
function served({ url, localAws }: TestGateway, headers: Record<string, string> = {}) {
  if (localAws.faults.list().length === 0) {
    localAws.faults.add({
      operation: 'DescribeCollection',
      effect: { type: 'latency', milliseconds: 1_500 },
    });
  }
  const query = '{ rekognitionCollection(collectionId: "employees") { collectionId } }';
  return send(url, json(JSON.stringify({ query }), headers));
}

it('refuses at once what is beyond the limit, tells its health all the same, and has room when requests are done', async () => {
  const gateway = await start({ MAX_IN_FLIGHT: '2' });
  const { url } = gateway;
  const both = [served(gateway), served(gateway)];
  await becomes(gateway, { served: 2, coming: 0 });
  expect(await send(url, asks)).toMatchObject(overloaded);
  // Its body is not waited for.
  const third = halfARequest(url);
  const [answer] = (await once(third, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1\.1 503 /);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(200);
  expect(await Promise.all(both)).toMatchObject([{ status: 200 }, { status: 200 }]);
  await becomes(gateway, { served: 0, coming: 0 });
  expect(await send(url, asks)).toMatchObject({ status: 200 });
});

it('counts each request once, whatever becomes of it', async () => {
  const gateway = await start({ MAX_IN_FLIGHT: '2' });
  const { url, localAws } = gateway;
  localAws.faults.add({ effect: { type: 'exception', name: 'AccessDeniedException' } });
  const mutation = json(
    '{"query":"mutation { createRekognitionUser(input: {collectionId: \\"employees\\", userId: \\"a\\"}) { __typename } }"}',
  );
  for (const sent of [asks, mutation, json('{'), json('{"query":"{ nothing }"}'), { ...asks, headers: {} }]) {
    for (let time = 0; time < 3; time += 1) await send(url, sent);
  }
  for (let time = 0; time < 10; time += 1) {
    const socket = halfARequest(url);
    await once(socket, 'connect');
    socket.destroy();
  }
  await becomes(gateway, { served: 0, coming: 0 });
  // With a body that comes in two parts, and one that is given up.
  const socket = halfARequest(url);
  await becomes(gateway, { served: 0, coming: 1 });
  socket.write('"query":"{ __typename }"}');
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
  await becomes(gateway, { served: 0, coming: 0 });
  for (let time = 0; time < 5; time += 1) halfARequest(url);
  await becomes(gateway, { served: 0, coming: 2 });
});

it('bodies that do not come keep no place, neither from others nor from those of the same caller', async () => {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.stop());
  const gateway = await start({ ...issuer.env, MAX_IN_FLIGHT: '4' });
  const [token, other] = [
    await issuer.token({ scope: '*' }),
    await issuer.token({ sub: 'other', scope: '*' }),
  ];
  const authorization = `authorization: Bearer ${token}\r\n`;
  // While a token is verified, its requests have places: of those that begin at once, some would be refused for want of one.
  expect(
    await send(gateway.url, json(String(asks.body), { authorization: `Bearer ${token}` })),
  ).toMatchObject({ status: 200 });
  // Which of them come first is for the system to say.
  const refused: string[] = [];
  for (let stalled = 0; stalled < 20; stalled += 1) {
    halfARequest(gateway.url, authorization).once('data', text => refused.push(String(text)));
  }
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(16);
  const told =
    'The gateway waits for as many bodies of requests as it may at a time, which is 4 (MAX_IN_FLIGHT). Nothing was done. Try again.';
  expect(refused.filter(text => !text.startsWith('HTTP/1.1 503 ') || !text.includes(told))).toEqual([]);
  await becomes(gateway, { served: 0, coming: 4 });
  for (const each of [token, token, token, other]) {
    expect(
      await send(gateway.url, json(String(asks.body), { authorization: `Bearer ${each}` })),
    ).toMatchObject({
      status: 200,
    });
  }
  // Who has the most of them makes room for others, whose bodies come slowly as well.
  const slow = halfARequest(gateway.url, `authorization: Bearer ${other}\r\n`);
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(17);
  expect(refused[16]).toMatch(/^HTTP\/1\.1 503 /);
  for (let time = 0; time < 10; time += 1) await once(halfARequest(gateway.url, authorization), 'connect');
  slow.write('"query":"{ __typename }"}');
  expect(String((await once(slow, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
});
