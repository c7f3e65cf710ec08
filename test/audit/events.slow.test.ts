/** The events of the audit trail that the database keeps, for who asks with the scope of it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { AuditEvents } from '../../src/audit/index.ts';
import type { TrailEvent } from '../../src/audit/trail.ts';
import { readConfig } from '../../src/config/index.ts';
import { SharedDatabase } from '../../src/database/shared-database.ts';
import { type Answer, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { runMutation } from '../support/mutations.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';
import { scrape, valueOf } from '../support/prometheus.ts';
import { ask, withToken } from '../support/tokens.ts';

const fields = `
  edges { cursor node {
    time changeId kind httpRequestId principal mutation provider operation nativeIds outcome settled code providerCode requestId
  } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

interface Event {
  readonly time: string;
  readonly changeId: string;
  readonly kind: string;
  readonly nativeIds: { readonly userId?: string };
  readonly operation: string;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly providerCode: string | null;
  readonly [fact: string]: unknown;
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Event }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const document = `query ($first: Int, $after: String, $filter: AuditEventFilter) {
  auditEvents(first: $first, after: $after, filter: $filter) { ${fields} }
}`;

async function pageOf(gateway: TestGateway, variables: object = {}): Promise<Page> {
  const { data, errors } = await gateway.query(document, variables);
  expect(errors).toBeUndefined();
  return data.auditEvents;
}

const eventsOf = async (gateway: TestGateway, filter: object = {}): Promise<Event[]> =>
  (await pageOf(gateway, { filter })).edges.map(({ node }) => node);

/** The events of a filter, as soon as there are so many. */
async function eventually(gateway: TestGateway, count: number, filter: object = {}): Promise<Event[]> {
  await expect.poll(() => eventsOf(gateway, filter), { timeout: 20_000 }).toHaveLength(count);
  return eventsOf(gateway, filter);
}

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway(env);
  onTestFinished(() => gateway.stop());
  return gateway;
}

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-events-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'audit.log');
}

const createUser = (gateway: TestGateway, userId: string) =>
  runMutation(gateway, 'createRekognitionUser', { collectionId: 'employees', userId });

/** One that is dropped when the test is over, after the gateways that were started later. */
async function databaseOfTest(): Promise<OwnDatabase> {
  const database = await ownDatabase();
  onTestFinished(() => database.drop());
  return database;
}

/** The document that creates a user, for a caller of its own. */
const creationOf = (userId: string) =>
  `mutation { createRekognitionUser(input: { collectionId: "employees", userId: "${userId}" }) { __typename } }`;

describe('With a database of their own', () => {
  let gateway: TestGateway;
  let folder: string;
  let database: OwnDatabase;
  beforeAll(async () => {
    database = await ownDatabase();
    folder = mkdtempSync(join(tmpdir(), 'vestibule-events-'));
    gateway = await startTestGateway({
      ...database.env,
      AUDIT: join(folder, 'audit.log'),
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  test('the two events of a change say what its lines say', async () => {
    await createUser(gateway, 'hedy');
    const [outcome, intent] = await eventually(gateway, 2, { nativeId: 'hedy' });
    const lines = readFileSync(join(folder, 'audit.log'), 'utf8')
      .split('\n')
      .filter(line => line.includes('"hedy"'))
      .map(line => JSON.parse(line) as Record<string, unknown>);
    const [first, second] = lines;
    const facts = {
      changeId: first?.['id'],
      httpRequestId: first?.['requestId'],
      principal: 'anonymous',
      mutation: 'createRekognitionUser',
      provider: 'rekognition',
      operation: 'CreateUser',
      nativeIds: { collectionId: 'employees', userId: 'hedy' },
      settled: false,
      code: null,
      providerCode: null,
    };
    expect(intent).toEqual({
      ...facts,
      time: first?.['time'],
      kind: 'INTENT',
      outcome: null,
      requestId: null,
    });
    expect(outcome).toEqual({
      ...facts,
      time: second?.['time'],
      kind: 'OUTCOME',
      outcome: 'SUCCESS',
      requestId: second?.['awsRequestId'],
    });
    expect(lines).toHaveLength(2);
  });

  test('they are found by who asked, what was done, what came of it, and when', async () => {
    const before = new Date().toISOString();
    await createUser(gateway, 'joan');
    await createUser(gateway, 'joan');
    await runMutation(gateway, 'deleteRekognitionUser', { collectionId: 'employees', userId: 'joan' });
    const all = await eventually(gateway, 6, { nativeId: 'joan' });
    const after = new Date(Date.now() + 1).toISOString();
    const kinds = async (filter: object) =>
      (await eventsOf(gateway, { nativeId: 'joan', ...filter })).map(
        ({ operation, kind, outcome, code, providerCode }) =>
          [operation, kind, outcome, code, providerCode].filter(fact => fact !== null).join(' '),
      );
    const deletion = ['DeleteUser OUTCOME SUCCESS', 'DeleteUser INTENT'];
    expect(await kinds({})).toEqual([
      ...deletion,
      'CreateUser OUTCOME REFUSED CONFLICT ConflictException',
      'CreateUser INTENT',
      'CreateUser OUTCOME SUCCESS',
      'CreateUser INTENT',
    ]);
    expect(await kinds({ operation: 'DeleteUser' })).toEqual(deletion);
    expect(await kinds({ outcome: 'REFUSED' })).toEqual([
      'CreateUser OUTCOME REFUSED CONFLICT ConflictException',
    ]);
    expect(await kinds({ principal: 'anonymous', since: before, until: after })).toHaveLength(6);
    expect(await kinds({ principal: 'somebody' })).toEqual([]);
    expect(await kinds({ since: after })).toEqual([]);
    expect(await kinds({ until: before })).toEqual([]);
    expect(await kinds({ since: all.at(-1)?.time, until: all.at(-1)?.time })).toEqual([]);
  });

  test('they come page by page, the newest first, and new ones move none', async () => {
    for (const userId of ['page-1', 'page-2', 'page-3']) await createUser(gateway, userId);
    const filter = { operation: 'CreateUser', outcome: 'SUCCESS' };
    await eventually(gateway, 1, { nativeId: 'page-3', outcome: 'SUCCESS' });
    const first = await pageOf(gateway, { first: 2, filter });
    await createUser(gateway, 'page-4');
    await eventually(gateway, 1, { nativeId: 'page-4', outcome: 'SUCCESS' });
    const second = await pageOf(gateway, { first: 1, after: first.pageInfo.endCursor, filter });
    const users = [first, second].flatMap(({ edges }) => edges.map(({ node }) => node.nativeIds.userId));
    expect(users).toEqual(['page-3', 'page-2', 'page-1']);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[1]?.cursor,
    });
  });

  test.each([
    ['first: 0', 'first must be a whole number from 1 to 1000.'],
    ['after: "x"', 'after must be a cursor that this list gave out.'],
  ])('a list with %s is refused', async (args, message) => {
    const { errors } = await gateway.query(`{ auditEvents(${args}) { edges { cursor } } }`);
    expect(errors).toMatchObject([{ message, extensions: { code: 'INVALID_INPUT' } }]);
  });

  test.each(['2026-01-31', '2026-01-31T09:30:00', '2026-13-31T09:30:00Z', 'now', ''])(
    '"%s" is no moment',
    async since => {
      const { errors } = await gateway.query(document, { filter: { since } });
      expect(errors?.[0]?.message).toContain('A DateTime must be a moment such as 2026-01-31T09:30:00.000Z.');
    },
  );
});

describe('Only who has the scope sees them', () => {
  let issuer: TestIssuer;
  let gateway: TestGateway;
  let database: OwnDatabase;
  beforeAll(async () => {
    database = await ownDatabase();
    issuer = await startIssuer();
    gateway = await startTestGateway({
      ...issuer.env,
      PRINCIPAL_ID: 'subject',
      ...database.env,
      AUDIT: '/dev/null',
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.drop();
    await issuer.stop();
  });
  const asked = async (claims: object, text = '{ auditEvents { edges { node { principal } } } }') =>
    (await ask(gateway, withToken(await issuer.token({ ...claims })), text)).body as Answer;

  const principals = async () => {
    const { data } = await asked({ scope: 'audit:read' });
    const all = data.auditEvents.edges.map(({ node }: { node: { principal: string } }) => node.principal);
    return all.toSorted();
  };

  test.each(['audit:read', 'audit:*', '*', 'openid *:read'])('%s', async scope => {
    expect(await asked({ scope })).toMatchObject({ data: { auditEvents: { edges: [] } } });
  });

  test.each(['rekognition:*', '*:*:read', 'audit', 'audit:write', 'jobs:read', 'audit:read:all', ''])(
    'not with "%s"',
    async scope => {
      expect(await asked({ scope })).toEqual({
        data: { auditEvents: null },
        errors: [
          expect.objectContaining({
            message: 'The caller lacks the scope "audit:read".',
            extensions: expect.objectContaining({ code: 'ACCESS_DENIED', scope: 'audit:read' }),
          }),
        ],
      });
    },
  );

  test('not who is limited to some resources', async () => {
    const answer = await asked({ scope: '*', resources: 'rekognition:*' });
    expect(answer).toMatchObject({
      data: { auditEvents: null },
      errors: [
        {
          message:
            'The caller is limited to some resources, and the events of the audit trail are of all of them.',
          extensions: { code: 'ACCESS_DENIED' },
        },
      ],
    });
  });

  test('An event that the database has no form for keeps none of the others from it', async () => {
    await Promise.all(
      ['ada', 'nobody\u0000', 'bob'].map((sub, at) => asked({ sub, scope: '*' }, creationOf(`of-${at}`))),
    );
    await expect.poll(principals, { timeout: 20_000 }).toEqual(['ada', 'ada', 'bob', 'bob']);
  });
});

test('What waits is kept when the gateway ends', async () => {
  const database = await databaseOfTest();
  const gateway = await startTestGateway({ ...database.env, AUDIT: temporaryFile() });
  await createUser(gateway, 'last');
  await gateway.stop();
  const rows = await database.sql('select event, outcome from vestibule.audit_event order by id');
  expect(rows).toEqual([
    { event: 'intent', outcome: null },
    { event: 'outcome', outcome: 'success' },
  ]);
});

test('What is older than AUDIT_EVENTS_DAYS is deleted', async () => {
  const database = await databaseOfTest();
  const env = {
    ...database.env,
    AUDIT: temporaryFile(),
    AUDIT_EVENTS_DAYS: '30',
  };
  const first = await startTestGateway(env);
  await createUser(first, 'old');
  await createUser(first, 'young');
  await first.stop();
  await database.sql(
    `update vestibule.audit_event set time = now() - make_interval(days => case when 'old' = any(id_texts) then 31 else 29 end)`,
  );
  const second = await start(env);
  const users = async () => (await eventsOf(second)).map(({ nativeIds }) => nativeIds.userId);
  await expect.poll(users, { timeout: 20_000 }).toEqual(['young', 'young']);
});

test('The embedded database keeps them where that is wanted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-events-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // As root, PostgreSQL runs as somebody else.
  chmodSync(folder, 0o755);
  const gateway = await startTestGateway({
    DATABASE_URL: '',
    DATABASE_SECRET: '',
    DATABASE_FOLDER: join(folder, 'database'),
    AUDIT: join(folder, 'audit.log'),
    AUDIT_EVENTS: 'database',
  });
  try {
    await createUser(gateway, 'embedded');
    expect(await eventually(gateway, 2, { nativeId: 'embedded' })).toMatchObject([
      { kind: 'OUTCOME', outcome: 'SUCCESS' },
      { kind: 'INTENT' },
    ]);
  } finally {
    await gateway.stop();
  }
});

/** A way to the tests' database that is not there until it is opened. */
async function closedWay() {
  const { hostname, port, href } = new URL(inject('databaseUrl'));
  const way = createServer(socket => {
    const there = connect(Number(port), hostname);
    socket.pipe(there).pipe(socket);
    socket.on('error', () => there.destroy());
    there.on('error', () => socket.destroy());
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  const { port: own } = way.address() as AddressInfo;
  way.close();
  await once(way, 'close');
  const url = new URL(href);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  onTestFinished(() => void way.close());
  return { url: url.href, open: () => way.listen(own, '127.0.0.1') };
}

test('While the database is away, changes are made and events wait for it', async () => {
  const way = await closedWay();
  const gateway = await start({
    DATABASE_URL: way.url,
    AUDIT: temporaryFile(),
    METRICS_PORT: '0',
  });
  const userId = `away-${randomUUID()}`;
  expect(await createUser(gateway, userId)).toEqual({ __typename: 'CreateRekognitionUserSuccess' });
  expect(await gateway.query('{ auditEvents { edges { cursor } } }')).toMatchObject({
    data: { auditEvents: null },
    errors: [
      {
        message: 'This gateway cannot use its database, which keeps the events of the audit trail.',
        extensions: { code: 'PROVIDER_FAILURE', retryable: true },
      },
    ],
  });
  const samples = await scrape(gateway.metricsUrl);
  expect(valueOf(samples, 'vestibule_audit_events_waiting')).toBe(2);
  expect(valueOf(samples, 'vestibule_audit_events_dropped_total')).toBe(0);
  way.open();
  const events = await eventually(gateway, 2, { nativeId: userId });
  expect(events.map(({ kind }) => kind)).toEqual(['OUTCOME', 'INTENT']);
});

test('Where the database stays away, a bounded number of events waits, and the others are counted', async () => {
  const log: Record<string, unknown>[] = [];
  const logger = pino({ base: null }, { write: line => log.push(JSON.parse(line)) });
  // Port 1 of this machine has no server.
  const database = new SharedDatabase(
    { place: { url: 'postgres://127.0.0.1:1/nothing' }, secret: '' },
    logger,
  );
  const events = new AuditEvents(database, 90, logger);
  for (let at = 0; at < 10_003; at += 1) events.add({ id: randomUUID() } as TrailEvent);
  expect(events.state).toEqual({ waiting: 10_000, dropped: 3 });
  await events.close();
  expect(events.state).toEqual({ waiting: 0, dropped: 10_003 });
  const told = log.filter(
    ({ msg }) => msg === 'The database does not take all events of the audit trail; its lines have them.',
  );
  expect(told).toHaveLength(1);
});

const OFF = 'This gateway keeps no events of the audit trail in a database: AUDIT_EVENTS is off.';

test.each([
  ['AUDIT is off', {}],
  ['AUDIT_EVENTS is off', { AUDIT: '/dev/null', AUDIT_EVENTS: 'off' }],
  [
    'the database is the embedded one',
    { AUDIT: '/dev/null', DATABASE_URL: '', DATABASE_SECRET: '', DATABASE_FOLDER: '/nowhere' },
  ],
])('Where %s, no events are kept, and who asks is told so', async (_, env) => {
  const gateway = await start(env);
  await createUser(gateway, 'off');
  expect(await gateway.query('{ auditEvents { edges { cursor } } }')).toMatchObject({
    data: { auditEvents: null },
    errors: [{ message: OFF, extensions: { code: 'PROVIDER_FAILURE', retryable: false } }],
  });
});

test('Events of a trail that is not written are refused at the start', () => {
  expect(() => readConfig({ AUDIT_EVENTS: 'database' })).toThrow(
    'AUDIT_EVENTS=database keeps what the audit trail has, and AUDIT is off: set AUDIT=stdout, or the path of a file.',
  );
});
