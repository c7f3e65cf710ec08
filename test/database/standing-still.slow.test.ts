/** A database whose server, or the network to it, says nothing any more. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { startLocalAws } from '../../src/local-aws/index.ts';
import { envOfGatewayOn, spawnGateway } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000 });

/** For the slowest machines. */
const patience = { timeout: 20_000 };

/** A way to the tests' database on which nothing moves once it is told to stand still. */
async function wayToDatabase() {
  const { hostname, port, href } = new URL(inject('databaseUrl'));
  const sockets: Socket[] = [];
  const way = createServer(socket => {
    const there = connect(Number(port), hostname);
    sockets.push(socket, there);
    for (const each of [socket, there]) each.on('error', () => {});
    socket.pipe(there).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    way.close();
  });
  const url = new URL(href);
  url.hostname = '127.0.0.1';
  url.port = String((way.address() as AddressInfo).port);
  /** What was asked for since it stands still. */
  let unheard = '';
  const swallow = (socket: Socket) =>
    socket
      .unpipe()
      .on('data', bytes => (unheard += String(bytes)))
      .resume();
  const standStill = () => {
    way.on('connection', swallow);
    for (const socket of sockets) swallow(socket);
  };
  return { url: url.href, standStill, unheard: () => unheard };
}

/** A gateway that has used its database, over a way that can stand still. */
async function start() {
  const aws = await startLocalAws();
  onTestFinished(() => aws.stop());
  const way = await wayToDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'vestibule-still-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const audit = path.join(folder, 'audit.log');
  const gateway = spawnGateway({
    ...envOfGatewayOn(aws.url),
    AUDIT: audit,
    DATABASE_URL: way.url,
    SHUTDOWN_GRACE_MS: '1000',
  });
  const url = await gateway.url;
  const create = async (userId: string) => {
    const input = `{collectionId: "employees", userId: "${userId}", idempotencyKey: "${userId}-1"}`;
    const query = `mutation { result: createRekognitionUser(input: ${input}) { __typename ... on Error { message } } }`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return ((await answer.json()) as { data: { result: object } }).data.result;
  };
  expect(await create('first')).toEqual(created);
  const events = () =>
    readFileSync(audit, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { event: string; outcome?: string; ids: { userId: string } })
      .map(({ event, outcome, ids: { userId } }) => `${event} ${userId} ${outcome ?? ''}`.trimEnd());
  return { gateway, aws, way, create, events };
}

const created = { __typename: 'CreateRekognitionUserSuccess' };

test('A gateway that is told to stop ends all the same, and whoever waits for the database is told so', async () => {
  const { gateway, aws, way, create, events } = await start();
  way.standStill();
  const answer = create('second');
  await expect.poll(way.unheard, patience).toContain('"change"');
  const since = performance.now();
  gateway.child.kill('SIGTERM');
  expect(await answer).toEqual({
    __typename: 'ProviderFailureError',
    message:
      'This gateway cannot use its database, which remembers what was done under an idempotencyKey. Nothing was changed.',
  });
  expect(await gateway.exit).toBe(0);
  // The grace, what it takes to tell, and the jobs and the database, two seconds each; and well before statements are given up.
  expect(performance.now() - since).toBeLessThan(11_000);
  expect(aws.requests.list()).toHaveLength(1);
  expect(events()).toEqual(['intent first', 'outcome first success']);
});

test('What came of a change is taken down before it is remembered, so that the trail knows what a repeat is told', async () => {
  const { gateway, aws, way, create, events } = await start();
  aws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 1_000 } });
  const answer = create('second');
  await expect.poll(() => aws.requests.list(), patience).toHaveLength(2);
  way.standStill();
  // Well before the database is given up, which takes 12 seconds.
  await expect
    .poll(events, { timeout: 8_000 })
    .toEqual(['intent first', 'outcome first success', 'intent second', 'outcome second success']);
  // It is known, although it is not remembered.
  gateway.child.kill('SIGTERM');
  expect(await answer).toEqual(created);
  expect(await gateway.exit).toBe(0);
});
