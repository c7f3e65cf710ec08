/** A database that somebody keeps busy is there for everybody else, and counts as lost for nobody. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { sql as statement } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SharedDatabase } from '../../src/database/shared-database.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { queryAs } from '../support/jobs.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

const scope = 'identity-store:users:create rekognition:users:create';

// Some of it waits for 20 seconds by itself.
vi.setConfig({ testTimeout: 120_000 });

describe('While a table is locked', () => {
  let issuer: TestIssuer;
  let database: OwnDatabase;
  let gateway: TestGateway;
  let busy: string;
  beforeAll(async () => {
    issuer = await startIssuer();
    await issuer.addKey('newest');
    database = await ownDatabase();
    gateway = await startTestGateway({ ...issuer.env, ...database.env });
    busy = await issuer.token({ sub: 'busy', scope });
    const { data } = await queryAs(
      gateway,
      busy,
      `mutation { importIdentityStoreUsers(input: { source: { rows: [{ userName: "a b", displayName: "d" }] } }) {
        ... on ImportIdentityStoreUsersSuccess { job { state } } } }`,
    );
    expect(data).toEqual({ importIdentityStoreUsers: { job: { state: 'INVALID' } } });
  });
  afterAll(async () => {
    await gateway.stop();
    await issuer.stop();
    await database.drop();
  });

  /** Locks a table, that of rows unless told otherwise; what it gives ends that. */
  async function locked(table = 'job_row'): Promise<() => Promise<void>> {
    const client = new Client(database.env.DATABASE_URL);
    await client.connect();
    let isOpen = true;
    const release = async () => {
      if (isOpen) await client.end();
      isOpen = false;
    };
    onTestFinished(release);
    await client.query(`begin; lock table vestibule.${table} in access exclusive mode`);
    return release;
  }

  const reading = (times: number) =>
    queryAs(
      gateway,
      busy,
      `{ jobs(first: 1) { edges { node { ${Array.from({ length: times }, (_, n) => `r${n}: rows(first: 1) { edges { node { outcome } } }`).join(' ')} } } } }`,
    );

  const createKeyed = async (userId: string) => {
    const input = `collectionId: "employees", userId: "${userId}", idempotencyKey: "${userId}"`;
    const result = '__typename ... on ProviderFailureError { message retryable outcomeUnknown }';
    const document = `mutation { result: createRekognitionUser(input: { ${input} }) { ${result} } }`;
    return (await queryAs(gateway, busy, document)).data.result;
  };

  const waiting = async () =>
    (
      await database.sql<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      )
    )[0]?.count;

  it('what could not be ended meanwhile is told afterwards, and not as under way', async () => {
    const { faults, requests } = gateway.localAws;
    faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'latency', milliseconds: 1_000 } });
    const created = createKeyed('unended');
    const isSent = () => requests.list().some(({ operation }) => operation === 'CreateUser');
    await expect.poll(isSent).toBe(true);
    const release = await locked('change');
    expect(await created).toEqual({ __typename: 'CreateRekognitionUserSuccess' });
    await release();
    // Somebody is always just asking.
    const over = new AbortController();
    const asking = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!over.signal.aborted) await createKeyed('unended');
      }),
    );
    await expect
      .poll(() => createKeyed('unended'), { timeout: 60_000 })
      .toEqual({ __typename: 'CreateRekognitionUserSuccess' });
    over.abort();
    await asking;
  });

  const holders = () => database.sql('select id from vestibule.holder');

  it('a request has two statements under way and a principal four, and others are served', async () => {
    const release = await locked();
    const first = reading(30);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(2);
    const further = Array.from({ length: 4 }, () => reading(30));
    await expect.poll(waiting, { timeout: 20_000 }).toBe(4);
    const other = await issuer.token({ sub: 'other', scope });
    expect(await queryAs(gateway, other, '{ jobs { edges { cursor } } }')).toEqual({
      data: { jobs: { edges: [] } },
    });
    const create = `mutation { createRekognitionUser(input: { collectionId: "employees", userId: "other", idempotencyKey: "${randomUUID()}" }) { __typename } }`;
    expect(await queryAs(gateway, other, create)).toMatchObject({
      data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } },
    });
    expect(await waiting()).toBeLessThanOrEqual(4);
    await release();
    await Promise.all([first, ...further]);
    const { data, errors } = await reading(30);
    expect(errors).toBeUndefined();
    expect(Object.keys(data.jobs.edges[0].node)).toHaveLength(30);
  });

  it('a statement is given up after a while, which is told once, and the database stays open', async () => {
    const before = await holders();
    const release = await locked();
    const answers = await Promise.all([reading(2), reading(2)]);
    await release();
    const failure = {
      message: 'This gateway cannot use its database, which keeps the bulk jobs.',
      extensions: { code: 'PROVIDER_FAILURE', retryable: true },
    };
    // A field that cannot be null takes its object along, with the first of its errors.
    for (const { errors } of answers) expect(errors).toMatchObject([failure]);
    const told = gateway.log.filter(({ msg }) => msg === 'The database could not be used.');
    expect(told).toMatchObject([{ level: 40, err: { code: '57014' } }]);
    expect((await reading(1)).errors).toBeUndefined();
    expect(await holders()).toEqual(before);
  });

  it('what waited long for statements of the same principal is told so, and not begun', async () => {
    const release = await locked();
    // Four at a time, each of which is given up after five seconds.
    const answers = await Promise.all(Array.from({ length: 9 }, () => reading(2)));
    await release();
    const of = lostOrCrowded('keeps the bulk jobs', '').map(message => [
      expect.objectContaining({
        message,
        extensions: expect.objectContaining({ code: 'PROVIDER_FAILURE', retryable: true }),
      }),
    ]);
    holdsBoth(
      answers.map(({ errors }) => errors),
      of,
    );
    expect((await reading(1)).errors).toBeUndefined();
  });

  it('a change whose key waited long for others of the same principal is told so, and not made', async () => {
    const release = await locked('change');
    const users = Array.from({ length: 5 }, () => randomUUID());
    // Two at a time, each of which is given up after ten seconds.
    const results = await Promise.all(users.map(createKeyed));
    await release();
    const words = lostOrCrowded('remembers what was done under an idempotencyKey', ' Nothing was changed.');
    const of = words.map(message => ({
      __typename: 'ProviderFailureError',
      message,
      retryable: true,
      outcomeUnknown: false,
    }));
    holdsBoth(results, of);
    for (const userId of users) {
      expect(await createKeyed(userId)).toEqual({ __typename: 'CreateRekognitionUserSuccess' });
    }
  }, 60_000);
});

/** What those are told whose statement was given up, and those whose statement was not begun. */
const lostOrCrowded = (purpose: string, end: string) => [
  `This gateway cannot use its database, which ${purpose}.${end}`,
  `Too much of what this caller asked of the database, which ${purpose}, waited before it. Ask for less at a time.${end}`,
];

/** All of these are one of those, and each of those is there. */
function holdsBoth(all: readonly unknown[], of: readonly unknown[]): void {
  for (const each of all) expect(of).toContainEqual(each);
  for (const each of of) expect(all).toContainEqual(each);
}

/** A database of a test, with what was logged of it. */
function shared(url: string) {
  const log: unknown[] = [];
  const logger = pino({ base: null }, { write: line => log.push(JSON.parse(line)) });
  const database = new SharedDatabase({ place: { url }, secret: randomUUID() }, logger);
  onTestFinished(() => database.close());
  return { database, log };
}

it('All connections in use are no reason to close the database', async () => {
  const own = await ownDatabase();
  onTestFinished(() => own.drop());
  const { database, log } = shared(own.env.DATABASE_URL);
  const open = await database.open();
  const { promise: end, resolve } = Promise.withResolvers<void>();
  const users = Array.from({ length: 8 }, () => open.db.connection().execute(() => end));
  const failures = await Promise.allSettled(
    Array.from({ length: 20 }, () => statement`select 1`.execute(open.db)),
  );
  for (const failure of failures) {
    expect(failure).toMatchObject({ reason: { message: 'timeout exceeded when trying to connect' } });
    database.failed((failure as PromiseRejectedResult).reason);
  }
  // The server is asked meanwhile whether it is there.
  await setTimeout(1_000);
  expect(open.signal.aborted).toBe(false);
  expect(await database.open()).toBe(open);
  resolve();
  await Promise.all(users);
  expect((await statement`select 1 as one`.execute(open.db)).rows).toEqual([{ one: 1 }]);
  expect(log).toMatchObject([{ msg: 'The database could not be used.' }]);
});

it('A database that could not be opened is left alone for a moment', async () => {
  let connections = 0;
  const server = createServer((socket: Socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { database } = shared(
    `postgres://somebody:password@127.0.0.1:${(server.address() as AddressInfo).port}/nothing`,
  );
  await expect(database.open()).rejects.toThrow('The database cannot be used');
  const tried = connections;
  expect(tried).toBeGreaterThan(0);
  for (let at = 0; at < 5; at += 1)
    await expect(database.open()).rejects.toThrow('The database cannot be used');
  expect(connections).toBe(tried);
  await setTimeout(1_100);
  await expect(database.open()).rejects.toThrow('The database cannot be used');
  expect(connections).toBeGreaterThan(tried);
});
