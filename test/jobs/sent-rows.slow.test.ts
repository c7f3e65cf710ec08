/** A row whose call was sent is never told as left out or refused before AWS was looked at, however its process and its job end. */
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';
import { envOfGatewayOn, type Program, spawnGateway, spawnLocalAws } from '../support/process.ts';
import { person } from '../support/store-users.ts';

const COUNT = 3;

/** How long a call is under way. */
const LATENCY_MS = 3_000;

const collectionId = 'employees';
const names = Array.from({ length: COUNT }, (_, at) => `user-${at}`);
const inEngineers = { groups: [{ displayName: 'Engineers' }] };
const rowsOf = (row: (userName: string) => object) => ({ source: { rows: names.map(row) } });

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

let database: OwnDatabase;
let aws: string;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  database = await ownDatabase();
  aws = await spawnLocalAws().url;
  env = { ...envOfGatewayOn(aws), ...database.env };
});
afterEach(() => database.drop());

/** A gateway that works on jobs. */
const worker = (more: NodeJS.ProcessEnv = {}) => spawnGateway({ ...env, JOB_WORKERS: '1', ...more });

/** A gateway that only takes orders. */
const counter = () => spawnGateway({ ...env, JOB_WORKERS: '0' });

async function ask(gateway: Program, query: string, variables: object): Promise<Loose> {
  const response = await fetch(await gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Loose; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

async function order(gateway: Program, operation: string, input: object): Promise<string> {
  const stem = operation.charAt(0).toUpperCase() + operation.slice(1);
  const { result } = await ask(
    gateway,
    `mutation ($input: ${stem}Input!) { result: ${operation}(input: $input) { ... on ${stem}Success { job { id } } ... on Error { message } } }`,
    { input },
  );
  expect(result.message).toBeUndefined();
  return result.job.id;
}

async function change(gateway: Program, field: 'cancelJob' | 'retryJob', id: string): Promise<void> {
  const { result } = await ask(
    gateway,
    `mutation ($id: ID!) { result: ${field}(input: { id: $id }) { ... on Error { message } } }`,
    { id },
  );
  expect(result).toEqual({});
}

/** A job at its end: its state, and its rows. */
async function endOf(gateway: Program, id: string): Promise<{ state: string; rows: readonly Loose[] }> {
  for (;;) {
    const { node } = await ask(
      gateway,
      'query ($id: ID!) { node(id: $id) { ... on Job { state counts { waiting } rows { edges { node { outcome action thingId error { __typename message } } } } } } }',
      { id },
    );
    if (['COMPLETED', 'CANCELLED', 'STOPPED', 'FAILED'].includes(node.state)) {
      return { state: node.state, rows: node.rows.edges.map((edge: Loose) => edge.node) };
    }
    await setTimeout(100);
  }
}

async function fault(operation: string, effect: object): Promise<void> {
  await fetch(`${aws}/_local-aws/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, effect }),
  });
}

const noFaults = () => fetch(`${aws}/_local-aws/faults`, { method: 'DELETE' });

/** How often an operation was called. */
async function sent(operation: string): Promise<number> {
  const response = await fetch(`${aws}/_local-aws/requests`);
  const { requests } = (await response.json()) as { requests: readonly { operation: string }[] };
  return requests.filter(each => each.operation === operation).length;
}

async function kill({ child, exit }: Program): Promise<void> {
  child.kill('SIGKILL');
  await exit;
}

/** What a job does to users that there are. */
interface Deed {
  readonly operation: string;
  readonly call: string;
  readonly input: object;
}

/** One that is looked for. */
interface LookedFor extends Deed {
  readonly look: string;
}

/** Has a process die while the calls of all rows are under way, which AWS performs. */
async function killedMeanwhile(
  { operation, call, input }: Deed,
  beforeKill?: (gateway: Program, id: string) => Promise<void>,
): Promise<string> {
  const gateway = worker();
  if (!operation.startsWith('import') || 'onExisting' in input) {
    await endOf(gateway, await order(gateway, 'importIdentityStoreUsers', rowsOf(person)));
    const ids = rowsOf(userId => ({ userId }));
    await endOf(gateway, await order(gateway, 'importRekognitionUsers', { collectionId, ...ids }));
  }
  const before = await sent(call);
  await fault(call, { type: 'latency', milliseconds: LATENCY_MS });
  const id = await order(gateway, operation, input);
  while ((await sent(call)) < before + COUNT) await setTimeout(20);
  await beforeKill?.(gateway, id);
  await kill(gateway);
  await noFaults();
  await setTimeout(LATENCY_MS + 500);
  return id;
}

const deeds: readonly LookedFor[] = [
  {
    operation: 'deleteIdentityStoreUsers',
    call: 'DeleteUser',
    look: 'DescribeUser',
    input: { ...rowsOf(userName => ({ user: { userName } })), confirmDeletions: COUNT },
  },
  {
    operation: 'updateIdentityStoreUsers',
    call: 'UpdateUser',
    look: 'DescribeUser',
    input: rowsOf(userName => ({ user: { userName }, title: 'New' })),
  },
  {
    operation: 'changeGroupMemberships',
    call: 'CreateGroupMembership',
    look: 'GetGroupMembershipId',
    input: rowsOf(userName => ({
      change: 'ADD',
      user: { userName },
      group: { displayName: 'Engineers' },
    })),
  },
  { operation: 'importIdentityStoreUsers', call: 'CreateUser', look: 'GetUserId', input: rowsOf(person) },
];

const left = {
  outcome: 'UNKNOWN',
  error: {
    __typename: 'ProviderFailureError',
    message:
      'The job ended before it was known what became of this row, of which calls had been sent: whether it was done is unknown. retryJob finds it out.',
  },
};

describe('A job whose process died with calls under way, and that is cancelled,', () => {
  it.each(deeds)(
    '$operation, looks for what became of them, and sends nothing more',
    async deed => {
      const id = await killedMeanwhile(deed);
      const known = await sent(deed.call);
      await change(counter(), 'cancelJob', id);
      const { state, rows } = await endOf(worker(), id);
      expect({ state, outcomes: rows.map(({ outcome }) => outcome) }).toEqual({
        state: 'CANCELLED',
        outcomes: names.map(() => 'SUCCEEDED'),
      });
      expect(await sent(deed.call)).toBe(known);
    },
    120_000,
  );

  it.each(deeds)(
    '$operation, tells that they are unknown while AWS does not say, until it is tried again',
    async deed => {
      const id = await killedMeanwhile(deed);
      const desk = counter();
      await fault(deed.look, { type: 'exception', name: 'AccessDeniedException' });
      await change(desk, 'cancelJob', id);
      const next = worker({ SETTLE_TIMEOUT_MS: '1000' });
      expect(await endOf(next, id)).toMatchObject({ state: 'CANCELLED', rows: names.map(() => left) });
      await kill(next);
      await noFaults();
      // Cancelled before it was looked for, it is looked for all the same.
      await change(desk, 'retryJob', id);
      await change(desk, 'cancelJob', id);
      const { state, rows } = await endOf(worker(), id);
      expect({ state, outcomes: rows.map(({ outcome }) => outcome) }).toEqual({
        state: 'CANCELLED',
        outcomes: names.map(() => 'SUCCEEDED'),
      });
    },
    120_000,
  );

  it('finds the same when it was cancelled before its process died', async () => {
    const deed = deeds[0] as Deed;
    const id = await killedMeanwhile(deed, (gateway, job) => change(gateway, 'cancelJob', job));
    const { state, rows } = await endOf(worker(), id);
    expect({ state, outcomes: rows.map(({ outcome }) => outcome) }).toEqual({
      state: 'CANCELLED',
      outcomes: names.map(() => 'SUCCEEDED'),
    });
  }, 120_000);

  it('does what was not made neither then nor tells it as unknown', async () => {
    const gateway = worker();
    await endOf(gateway, await order(gateway, 'importIdentityStoreUsers', rowsOf(person)));
    const { operation, input } = deeds[0] as Deed;
    await fault('DeleteUser', { type: 'drop', when: 'before' });
    const id = await order(gateway, operation, input);
    while ((await sent('DeleteUser')) < COUNT) await setTimeout(20);
    await kill(gateway);
    await noFaults();
    const known = await sent('DeleteUser');
    await change(counter(), 'cancelJob', id);
    const { state, rows } = await endOf(worker(), id);
    expect({ state, rows }).toMatchObject({
      state: 'CANCELLED',
      rows: names.map(() => ({ outcome: 'CANCELLED', error: null })),
    });
    expect(await sent('DeleteUser')).toBe(known);
  }, 120_000);
});

it('A row of which a part was done when its job was cancelled tells that part, and the rest is done by a retry', async () => {
  const gateway = worker();
  await fault('CreateGroupMembership', { type: 'exception', name: 'ThrottlingException' });
  const rows = rowsOf(userName => ({ ...person(userName), ...inEngineers }));
  const id = await order(gateway, 'importIdentityStoreUsers', rows);
  while ((await sent('CreateGroupMembership')) < COUNT) await setTimeout(20);
  await change(gateway, 'cancelJob', id);
  expect(await endOf(gateway, id)).toMatchObject({
    state: 'CANCELLED',
    rows: names.map(() => ({
      outcome: 'FAILED',
      action: 'CREATE',
      thingId: expect.any(String),
      error: {
        __typename: 'ProviderFailureError',
        message: 'The job ended before the rest of this row was done. retryJob does it.',
      },
    })),
  });
  await noFaults();
  await change(gateway, 'retryJob', id);
  expect(await endOf(gateway, id)).toMatchObject({
    state: 'COMPLETED',
    rows: names.map(() => ({ outcome: 'SUCCEEDED', action: 'CREATE' })),
  });
  expect(await sent('CreateUser')).toBe(COUNT);
}, 120_000);

const inDoubt = (refusal: string) => ({
  outcome: 'UNKNOWN',
  error: {
    __typename: 'ProviderFailureError',
    message: `${refusal} An earlier process had begun to change it: whether it did is unknown.`,
  },
});

describe('A job whose process died with calls under way, and that another goes on with which protects more,', () => {
  it.each([
    [
      {
        operation: 'deleteRekognitionUsers',
        call: 'DeleteUser',
        input: { collectionId, ...rowsOf(userId => ({ userId })), confirmDeletions: COUNT },
      },
      { PROTECTED_USERS: 'user-*' },
      { outcome: 'SUCCEEDED', action: 'DELETE' },
    ],
    [
      {
        operation: 'importIdentityStoreUsers',
        call: 'UpdateUser',
        input: { ...rowsOf(userName => ({ ...person(userName), title: 'New' })), onExisting: 'UPDATE' },
      },
      { PROTECTED_USERS: 'user-*' },
      { outcome: 'SUCCEEDED', action: 'UPDATE' },
    ],
    [
      {
        operation: 'importIdentityStoreUsers',
        call: 'CreateGroupMembership',
        input: { ...rowsOf(userName => ({ ...person(userName), ...inEngineers })), onExisting: 'SKIP' },
      },
      { PROTECTED_USERS: 'user-*' },
      { outcome: 'SUCCEEDED', action: 'SKIP' },
    ],
    [
      {
        operation: 'importIdentityStoreUsers',
        call: 'CreateUser',
        input: rowsOf(userName => ({ ...person(userName), ...inEngineers })),
      },
      { PROTECTED_GROUPS: 'Engineers' },
      // That the user was made is found; the group stays as it is.
      {
        outcome: 'FAILED',
        action: 'CREATE',
        thingId: expect.any(String),
        error: {
          __typename: 'AccessDeniedError',
          message:
            'The group in groups.0.displayName is protected by PROTECTED_GROUPS: bulk jobs leave its members as they are.',
        },
      },
    ],
  ] satisfies [Deed, NodeJS.ProcessEnv, object][])(
    'finds that they were made (%#)',
    async (deed, more, row) => {
      const id = await killedMeanwhile(deed);
      const known = await sent(deed.call);
      const { state, rows } = await endOf(worker(more), id);
      expect({ state, rows }).toMatchObject({ state: 'COMPLETED', rows: names.map(() => row) });
      expect(await sent(deed.call)).toBe(known);
    },
    120_000,
  );
});

it('Whether users became members is open while their group may not be looked up, and found when it may', async () => {
  const id = await killedMeanwhile({
    operation: 'importIdentityStoreUsers',
    call: 'CreateGroupMembership',
    input: rowsOf(userName => ({ ...person(userName), ...inEngineers })),
  });
  await fault('GetGroupId', { type: 'exception', name: 'AccessDeniedException' });
  const next = worker();
  const { rows } = await endOf(next, id);
  // Whether they became members is open.
  const refusal = 'The Identity Store does not let the credentials of this gateway perform the operation.';
  expect(rows).toMatchObject(names.map(() => inDoubt(refusal)));
  await noFaults();
  await change(next, 'retryJob', id);
  expect((await endOf(next, id)).rows).toMatchObject(
    names.map(() => ({ outcome: 'SUCCEEDED', action: 'CREATE', thingId: expect.any(String) })),
  );
}, 120_000);

it('Whether a user was changed who is protected by now is open when somebody else has changed the user since', async () => {
  const id = await killedMeanwhile(deeds[1] as Deed);
  const desk = counter();
  for (const userName of names) {
    const { identityStoreUser: user } = await ask(
      desk,
      'query ($userName: String!) { identityStoreUser(by: { userName: $userName }) { userId } }',
      { userName },
    );
    await ask(
      desk,
      'mutation ($userId: String!) { updateIdentityStoreUser(input: { userId: $userId, title: "Other" }) { __typename } }',
      { userId: user.userId },
    );
  }
  const { rows } = await endOf(worker({ PROTECTED_USERS: 'user-*' }), id);
  const refusal = 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.';
  expect(rows).toMatchObject(names.map(() => inDoubt(refusal)));
}, 120_000);
