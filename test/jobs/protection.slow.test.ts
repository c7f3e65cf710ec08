/** What a process protects, it leaves as it is, whatever another process planned for a job that this one goes on with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { askForJob, endOfJob, type JobGateway, jobNow, runJob, startJobGateway } from '../support/jobs.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';
import { envOfGatewayOn, spawnGateway, spawnLocalAws } from '../support/process.ts';
import { person } from '../support/store-users.ts';

const COUNT = 10;

let database: OwnDatabase;
let folder: string;
beforeEach(async () => {
  database = await ownDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'vestibule-protection-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A gateway on the database and the local AWS of the test, until it is stopped. */
const start = (env: NodeJS.ProcessEnv = {}) =>
  startJobGateway(
    {
      LOCAL_AWS_DATA: folder,
      AWS_BUDGETS:
        'rekognition:DeleteUser=2,identitystore:UpdateUser=2,identitystore:DeleteUser=2,identitystore:CreateGroupMembership=2',
      MAX_DELETION_PERCENT: '100',
      ...env,
    },
    database,
  );

const name = (at: number) => `user-${at}`;
const last = name(COUNT - 1);
const many = <Row>(row: (userName: string) => Row) => Array.from({ length: COUNT }, (_, at) => row(name(at)));

const userIsProtected = {
  outcome: 'FAILED',
  error: {
    __typename: 'AccessDeniedError',
    message: 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.',
  },
};
const groupIsProtected = {
  outcome: 'FAILED',
  error: {
    __typename: 'AccessDeniedError',
    message: 'The group is protected by PROTECTED_GROUPS: bulk jobs leave its members as they are.',
  },
};

const collectionId = 'employees';
const inEngineers = (userName: string) => ({
  change: 'ADD',
  user: { userName },
  group: { displayName: 'Engineers' },
});

/** Makes the users that jobs are about; the last one is in a group. */
async function makeUsers(gateway: JobGateway): Promise<void> {
  await runJob(gateway, 'importRekognitionUsers', {
    collectionId,
    source: { rows: many(userId => ({ userId })) },
  });
  const rows = many(person).map((row, at) =>
    at === COUNT - 1 ? { ...row, groups: [{ displayName: 'Analysts' }] } : row,
  );
  const { counts } = await runJob(gateway, 'importIdentityStoreUsers', { source: { rows } });
  expect(counts.succeeded).toBe(COUNT);
}

/** Has a job begun by a gateway that protects nothing, and ended by one that does. */
async function handedOver(
  operation: string,
  call: string,
  input: object,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly gateway: JobGateway; readonly job: Awaited<ReturnType<typeof endOfJob>> }> {
  const before = await start();
  await makeUsers(before);
  before.localAws.faults.add({ operation: call, effect: { type: 'latency', milliseconds: 500 } });
  const { job } = await askForJob(before, operation, input);
  while ((await jobNow(before, job.id)).counts.succeeded === 0) await setTimeout(50);
  await before.stop();
  const gateway = await start(env);
  onTestFinished(() => gateway.stop());
  const left = await jobNow(gateway, job.id);
  expect(left.counts.waiting).toBeGreaterThan(1);
  return { gateway, job: await endOfJob(gateway, job.id) };
}

/** What the last user is, and in which groups. */
async function lastUser(
  gateway: JobGateway,
): Promise<{ title: string | null; groups: readonly string[] } | null> {
  const { data } = await gateway.query(
    `{ identityStoreUser(by: { userName: "${last}" }) { title groups { edges { node { displayName } } } } }`,
  );
  const user = data.identityStoreUser;
  return (
    user && {
      title: user.title,
      groups: user.groups.edges.map(({ node }: { node: { displayName: string } }) => node.displayName),
    }
  );
}

const asBefore = { title: null, groups: ['Analysts'] };

describe('A job that another process goes on with, which protects more,', () => {
  it.each([
    [
      'deleteIdentityStoreUsers',
      'DeleteUser',
      { source: { rows: many(userName => ({ user: { userName } })) } },
      { PROTECTED_USERS: last },
      userIsProtected,
    ],
    [
      'deleteIdentityStoreUsers',
      'DeleteUser',
      { source: { rows: many(userName => ({ user: { userName } })) } },
      { PROTECTED_GROUPS: 'Analysts' },
      groupIsProtected,
    ],
    [
      'updateIdentityStoreUsers',
      'UpdateUser',
      { source: { rows: many(userName => ({ user: { userName }, title: 'New' })) } },
      { PROTECTED_USERS: '*-9' },
      userIsProtected,
    ],
    [
      'changeGroupMemberships',
      'CreateGroupMembership',
      { source: { rows: many(inEngineers) } },
      { PROTECTED_USERS: last },
      userIsProtected,
    ],
  ])('%s, leaves what that protects: %s (%#)', async (operation, call, input, env, refused) => {
    const { gateway, job } = await handedOver(operation, call, input, env);
    expect(job).toMatchObject({ state: 'COMPLETED', counts: { succeeded: COUNT - 1, failed: 1 } });
    expect(job.rows.at(-1)).toMatchObject(refused);
    expect(await lastUser(gateway)).toEqual(asBefore);
  });

  it('changeGroupMemberships, leaves the members of a protected group', async () => {
    const { gateway, job } = await handedOver(
      'changeGroupMemberships',
      'CreateGroupMembership',
      { source: { rows: many(inEngineers) } },
      { PROTECTED_GROUPS: 'engineers' },
    );
    expect(job.counts.failed).toBe(COUNT - job.counts.succeeded);
    expect(job.rows.at(-1)).toMatchObject(groupIsProtected);
    expect(await lastUser(gateway)).toEqual(asBefore);
    expect(gateway.calls()).not.toContain('CreateGroupMembership');
  });

  it('deleteRekognitionUsers, leaves protected users', async () => {
    const source = { rows: many(userId => ({ userId })) };
    const { gateway, job } = await handedOver(
      'deleteRekognitionUsers',
      'DeleteUser',
      { collectionId, source },
      { PROTECTED_USERS: 'USER-9' },
    );
    expect(job).toMatchObject({ state: 'COMPLETED', counts: { succeeded: COUNT - 1, failed: 1 } });
    expect(job.rows.at(-1)).toMatchObject(userIsProtected);
    const { data } = await gateway.query(
      `{ rekognitionCollection(collectionId: "${collectionId}") { users { edges { node { userId } } } } }`,
    );
    expect(JSON.stringify(data)).toContain(last);
  });

  it('deletes what a brake has let pass, although it would let pass less by now', async () => {
    const source = { rows: many(userName => ({ user: { userName } })) };
    const { job } = await handedOver(
      'deleteIdentityStoreUsers',
      'DeleteUser',
      { source },
      { MAX_DELETION_PERCENT: '0' },
    );
    expect(job).toMatchObject({ state: 'COMPLETED', reason: null, counts: { succeeded: COUNT } });
  });
});

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
async function ask(url: string, document: string, variables: object = {}): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

const ROW = 'outcome error { __typename message }';

describe('A call that a process had sent which is dead, and whose answer nobody has,', () => {
  it.each([
    [
      'DeleteUser',
      'before',
      'deleteIdentityStoreUsers(input: { source: { rows: [{ user: { userName: "ada" } }] }, confirmDeletions: 1 })',
      'DeleteIdentityStoreUsersSuccess',
      userIsProtected,
    ],
    [
      'UpdateUser',
      'before',
      'updateIdentityStoreUsers(input: { source: { rows: [{ user: { userName: "ada" }, title: "Countess" }] } })',
      'UpdateIdentityStoreUsersSuccess',
      userIsProtected,
    ],
    [
      'UpdateUser',
      'after',
      'updateIdentityStoreUsers(input: { source: { rows: [{ user: { userName: "ada" }, title: "Countess" }] } })',
      'UpdateIdentityStoreUsersSuccess',
      { outcome: 'SUCCEEDED', error: null },
    ],
    [
      'DeleteUser',
      'before',
      'deleteRekognitionUsers(input: { collectionId: "employees", source: { rows: [{ userId: "ada" }] }, confirmDeletions: 1 })',
      'DeleteRekognitionUsersSuccess',
      userIsProtected,
    ],
    [
      'UpdateUser',
      'before',
      'importChimeUsers(input: { accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890", onExisting: UPDATE, source: { rows: [{ email: "ada@example.com", userType: SHARED_DEVICE }] } })',
      'ImportChimeUsersSuccess',
      userIsProtected,
    ],
    [
      'UpdateUser',
      'after',
      'importChimeUsers(input: { accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890", onExisting: UPDATE, source: { rows: [{ email: "ada@example.com", userType: SHARED_DEVICE }] } })',
      'ImportChimeUsersSuccess',
      { outcome: 'SUCCEEDED', error: null },
    ],
  ])(
    'is not sent again: %s, which was cut off %s it was performed',
    async (operation, when, field, success, row) => {
      const aws = await spawnLocalAws().url;
      // What somebody has changed in the last two seconds may have been changed by the call, as far as AWS's clock tells, and in
      // the time more that a busy machine takes to look at it.
      const isOlder = setTimeout(6_000);
      const env = { ...envOfGatewayOn(aws), ...database.env, JOB_WORKERS: '1' };
      const before = spawnGateway(env);
      const post = (what: object) =>
        fetch(`${aws}/_local-aws/faults`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(what),
        });
      const sent = async (): Promise<number> => {
        const { requests } = (await (await fetch(`${aws}/_local-aws/requests`)).json()) as {
          requests: readonly { operation: string }[];
        };
        return requests.filter(each => each.operation === operation).length;
      };
      await post({ operation, effect: { type: 'drop', when } });
      await isOlder;
      const { result } = await ask(
        await before.url,
        `mutation { result: ${field} { ... on ${success} { job { id } } } }`,
      );
      while ((await sent()) === 0) await setTimeout(20);
      before.child.kill('SIGKILL');
      await before.exit;
      await fetch(`${aws}/_local-aws/faults`, { method: 'DELETE' });
      const known = await sent();
      const after = await spawnGateway({ ...env, PROTECTED_USERS: 'ada,ada@example.com' }).url;
      for (;;) {
        const { node } = await ask(
          after,
          `query ($id: ID!) { node(id: $id) { ... on Job { state rows { edges { node { ${ROW} } } } } } }`,
          { id: result.job.id },
        );
        if (node.state === 'COMPLETED') {
          expect(node.rows.edges).toEqual([{ node: row }]);
          break;
        }
        await setTimeout(200);
      }
      expect(await sent()).toBe(known);
    },
    120_000,
  );
});
