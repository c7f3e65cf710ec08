/** What is tried again, by a job itself or by `retryJob`: neither twice, nor by what was known before. */
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/local-aws/index.ts';
import { askForJob, changeJob, endOfJob, jobNow, runJob, useJobGateway } from '../support/jobs.ts';
import { person } from '../support/store-users.ts';

const gateway = useJobGateway({
  AWS_BUDGETS: 'identitystore:DeleteUser=5',
  PROTECTED_GROUPS: 'Guarded',
});

const names = Array.from({ length: 12 }, (_, at) => `user-${at}`);

const importing = (rows: readonly object[]) =>
  runJob(gateway, 'importIdentityStoreUsers', { source: { rows } });

const deletion = {
  source: { rows: names.map(userName => ({ user: { userName } })) },
  confirmDeletions: names.length,
};

async function userId(userName: string): Promise<string | undefined> {
  const { data } = await gateway.query(
    'query ($userName: String!) { identityStoreUser(by: { userName: $userName }) { userId } }',
    { userName },
  );
  return data.identityStoreUser?.userId;
}

test('A user who was created is put into the group although that is throttled at first', async () => {
  gateway.localAws.faults.add({
    operation: 'CreateGroupMembership',
    times: 8,
    effect: { type: 'throttle' },
  });
  const job = await importing([{ ...person('new'), groups: [{ displayName: 'Engineers' }] }]);
  expect(job).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 1, failed: 0 } });
  expect(gateway.calls().filter(each => each === 'CreateUser')).toHaveLength(1);
});

test('Who is protected by now is not deleted when a job that was cancelled is tried again', async () => {
  await importing(names.map(name => person(name)));
  gateway.localAws.faults.add({
    operation: 'DeleteUser',
    effect: { type: 'latency', milliseconds: 500 },
  });
  const { job } = await askForJob(gateway, 'deleteIdentityStoreUsers', deletion);
  while ((await jobNow(gateway, job.id)).counts.succeeded === 0) await setTimeout(50);
  await changeJob(gateway, 'cancelJob', job.id);
  expect((await endOfJob(gateway, job.id)).state).toBe('CANCELLED');
  gateway.localAws.faults.clear();
  const guarded = await userId('user-11');
  const { data } = await gateway.query(
    'mutation { createIdentityStoreGroup(input: { displayName: "Guarded" }) { ... on CreateIdentityStoreGroupSuccess { group { groupId } } } }',
  );
  const { groupId } = data.createIdentityStoreGroup.group;
  await gateway.query(
    'mutation ($input: AddUsersToGroupInput!) { addUsersToGroup(input: $input) { __typename } }',
    { input: { groupId, userIds: [guarded] } },
  );
  await changeJob(gateway, 'retryJob', job.id);
  expect(await endOfJob(gateway, job.id)).toMatchObject({
    state: 'COMPLETED',
    counts: { succeeded: names.length - 1, failed: 1 },
  });
  expect(await userId('user-11')).toBe(guarded);
});

test('A deletion whose outcome was unknown is found to have been made', async () => {
  await importing([person('gone')]);
  gateway.localAws.faults.add({ operation: 'DeleteUser', effect: { type: 'drop', when: 'after' } });
  gateway.localAws.faults.add({
    operation: 'DescribeUser',
    effect: { type: 'exception', name: 'AccessDeniedException' },
  });
  const first = await runJob(gateway, 'deleteIdentityStoreUsers', {
    source: { rows: [{ user: { userName: 'gone' } }] },
    confirmDeletions: 1,
  });
  expect(first).toMatchObject({ state: 'COMPLETED', counts: { unknown: 1 } });
  gateway.localAws.faults.clear();
  await changeJob(gateway, 'retryJob', first.id);
  expect(await endOfJob(gateway, first.id)).toMatchObject({
    state: 'COMPLETED',
    counts: { succeeded: 1, failed: 0, unknown: 0 },
  });
});

/** So that AWS does not tell whether a user is there. */
const untold: Fault = {
  operation: 'DescribeUser',
  effect: { type: 'exception', name: 'AccessDeniedException' },
};

/** Has a deletion in doubt, beside those of users who are there only afterwards. */
async function inDoubt(): Promise<string> {
  await importing([person('perhaps')]);
  gateway.localAws.faults.add({ operation: 'DeleteUser', effect: { type: 'drop', when: 'after' } });
  gateway.localAws.faults.add(untold);
  const { id, counts } = await runJob(gateway, 'deleteIdentityStoreUsers', {
    source: { rows: ['perhaps', 'later-1', 'later-2', 'never'].map(userName => ({ user: { userName } })) },
    confirmDeletions: 1,
  });
  expect(counts).toMatchObject({ unknown: 1, failed: 3 });
  gateway.localAws.faults.clear();
  await importing([person('later-1'), person('later-2')]);
  return id;
}

/** The same after a retry, which a brake stops; with what is told of the one in doubt. */
const stoppedWith = (inDoubtBefore: object) => ({
  state: 'STOPPED',
  reason:
    '2 users of the identity store d-9067012345 would be deleted, and confirmDeletions says 1, of which the job has deleted 1 before. None was deleted now. Ask for another job, with confirmDeletions: 2, to have them deleted.',
  rows: [
    inDoubtBefore,
    { outcome: 'CANCELLED', error: null },
    { outcome: 'CANCELLED', error: null },
    { outcome: 'FAILED', error: { __typename: 'NotFoundError' } },
  ],
});

test('Deletions that may have been made count as made when a retry would delete more, and stay in doubt when AWS does not tell', async () => {
  const id = await inDoubt();
  gateway.localAws.faults.add(untold);
  await changeJob(gateway, 'retryJob', id);
  expect(await endOfJob(gateway, id)).toMatchObject(
    stoppedWith({ outcome: 'UNKNOWN', error: { __typename: 'ProviderFailureError' } }),
  );
  gateway.localAws.faults.clear();
  // What was stopped is not deleted by this job any more; what is in doubt is found out.
  await importing([person('never')]);
  await changeJob(gateway, 'retryJob', id);
  expect(await endOfJob(gateway, id)).toMatchObject({
    state: 'COMPLETED',
    reason: null,
    rows: [
      { outcome: 'SUCCEEDED', action: 'DELETE' },
      { outcome: 'CANCELLED' },
      { outcome: 'CANCELLED' },
      { outcome: 'FAILED' },
    ],
  });
  expect(await userId('perhaps')).toBeUndefined();
  expect(await userId('later-1')).toBeDefined();
});

test('Deletions that may have been made are found out before a brake stops the rest of a retry', async () => {
  const id = await inDoubt();
  await changeJob(gateway, 'retryJob', id);
  expect(await endOfJob(gateway, id)).toMatchObject(stoppedWith({ outcome: 'SUCCEEDED', action: 'DELETE' }));
});

test('A user who was created is told of although the rest of the row failed', async () => {
  gateway.localAws.faults.add({
    operation: 'CreateGroupMembership',
    effect: { type: 'exception', name: 'AccessDeniedException' },
  });
  const job = await importing([{ ...person('half'), groups: [{ displayName: 'Engineers' }] }]);
  const userIdOfHalf = await userId('half');
  expect(job.rows).toMatchObject([
    { outcome: 'FAILED', action: 'CREATE', error: { __typename: 'AccessDeniedError' } },
  ]);
  const { data } = await gateway.query(
    'query ($id: ID!) { node(id: $id) { ... on IdentityStoreUser { userId } } }',
    { id: job.rows[0].thingId },
  );
  expect(data.node).toEqual({ userId: userIdOfHalf });
});
