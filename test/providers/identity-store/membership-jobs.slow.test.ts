/** Memberships of identity stores in bulk. */
import { expect, it } from 'vitest';
import { runJob, useJobGateway } from '../../support/jobs.ts';

const gateway = useJobGateway({ PROTECTED_GROUPS: 'Analysts' });

async function groupsOf(userName: string): Promise<string[]> {
  const { data } = await gateway.query(
    'query ($userName: String!) { identityStoreUser(by: { userName: $userName }) { groups { edges { node { displayName } } } } }',
    { userName },
  );
  return data.identityStoreUser.groups.edges
    .map(({ node }: { node: { displayName: string } }) => node.displayName)
    .toSorted();
}

const group = { displayName: 'Engineers' };

it('changeGroupMemberships puts users into groups and takes others out, but of no protected group', async () => {
  expect(await groupsOf('grace')).toEqual(['Engineers']);
  const rows = [
    { change: 'REMOVE', user: { userName: 'grace' }, group },
    { change: 'ADD', user: { userName: 'alan' }, group },
    { change: 'ADD', user: { userName: 'ada' }, group },
    { change: 'REMOVE', user: { userName: 'grace' }, group: { displayName: 'Analysts' } },
  ];
  const job = await runJob(gateway, 'changeGroupMemberships', { source: { rows } });
  expect(job).toMatchObject({
    state: 'COMPLETED',
    counts: { succeeded: 3, failed: 1 },
    rows: [
      { action: 'REMOVE', thingId: expect.any(String) },
      { action: 'ADD', thingId: expect.any(String) },
      { action: 'SKIP', thingId: null },
      {
        outcome: 'FAILED',
        error: {
          __typename: 'AccessDeniedError',
          message: 'The group is protected by PROTECTED_GROUPS: bulk jobs leave its members as they are.',
        },
      },
    ],
  });
  expect(await groupsOf('grace')).toEqual([]);
  expect(await groupsOf('alan')).toEqual(['Analysts', 'Engineers']);
});

it('deleteIdentityStoreUsers leaves users who are in a protected group', async () => {
  const rows = [{ user: { userName: 'ada' } }, { user: { userName: 'grace' } }];
  const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows }, confirmDeletions: 1 });
  expect(job.rows).toMatchObject([
    { outcome: 'FAILED', error: { __typename: 'AccessDeniedError' } },
    { outcome: 'SUCCEEDED', action: 'DELETE' },
  ]);
});

/** What the demo world has: the ids of a user and of a group. */
async function idsOf(userName: string, displayName: string) {
  const { data } = await gateway.query(
    `query ($userName: String!, $displayName: String!) {
      identityStoreUser(by: { userName: $userName }) { userId emails { value } }
      identityStoreGroup(by: { displayName: $displayName }) { groupId } }`,
    { userName, displayName },
  );
  const { userId, emails } = data.identityStoreUser;
  return { userId, email: emails[0].value, groupId: data.identityStoreGroup.groupId };
}

const sameBy = (columns: readonly string[], place: string) => {
  const issues = columns.map(column => ({
    path: column.split('.'),
    message: `${column} names the same as ${place} does.`,
  }));
  const message = issues.map(issue => issue.message).join(' ');
  return { outcome: 'FAILED', action: null, error: { __typename: 'InvalidInputError', message, issues } };
};

it('changeGroupMemberships takes one row for a user and a group, however they are named', async () => {
  const { userId, email, groupId } = await idsOf('alan', 'Engineers');
  const rows = [
    { change: 'ADD', user: { userName: 'alan' }, group },
    { change: 'REMOVE', user: { userId }, group: { groupId } },
    { change: 'ADD', user: { email }, group: { groupId } },
    { change: 'ADD', user: { userId }, group: { displayName: 'Analysts' } },
  ];
  for (const dryRun of [true, false]) {
    const job = await runJob(gateway, 'changeGroupMemberships', { dryRun, source: { rows } });
    expect(job.rows).toMatchObject([
      { outcome: dryRun ? 'PLANNED' : 'SUCCEEDED', action: 'ADD' },
      sameBy(['user.userId', 'group.groupId'], 'row 0'),
      sameBy(['user.email', 'group.groupId'], 'row 0'),
      // Of the protected group.
      { outcome: 'FAILED', error: { __typename: 'AccessDeniedError' } },
    ]);
  }
  expect(await groupsOf('alan')).toEqual(['Analysts', 'Engineers']);
});

it('a dry run of changeGroupMemberships tells what the run does', async () => {
  const { userId, groupId } = await idsOf('grace', 'Engineers');
  const nobody = '00000000-0000-0000-0000-000000000000';
  const rows = [
    { change: 'ADD', user: { userName: 'ada' }, group },
    { change: 'REMOVE', user: { userId }, group: { groupId } },
    { change: 'ADD', user: { userName: 'alan' }, group: { groupId } },
    { change: 'ADD', user: { userId: nobody }, group },
    { change: 'ADD', user: { userName: 'grace' }, group: { groupId: nobody } },
  ];
  const input = { source: { rows } };
  const planned = await runJob(gateway, 'changeGroupMemberships', { ...input, dryRun: true });
  const done = await runJob(gateway, 'changeGroupMemberships', input);
  const actions = (job: typeof done) => job.rows.map(({ action }: { action: string | null }) => action);
  expect(actions(done)).toEqual(['SKIP', 'REMOVE', 'ADD', null, null]);
  expect(actions(planned)).toEqual(actions(done));
  const errors = (job: typeof done) =>
    job.rows.map(({ error }: { error: { __typename: string } | null }) => error?.__typename ?? null);
  expect(errors(planned)).toEqual(errors(done));
  expect(planned.rows[1].thingId).toBe(done.rows[1].thingId);
  const skipped = { source: { rows: [{ change: 'REMOVE', user: { userName: 'grace' }, group }] } };
  for (const dryRun of [true, false])
    expect(await runJob(gateway, 'changeGroupMemberships', { ...skipped, dryRun })).toMatchObject({
      rows: [{ action: 'SKIP', thingId: null }],
    });
});
