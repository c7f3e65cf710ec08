/** Memberships of identity stores in bulk. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type JobGateway, runJob, startJobGateway } from '../../support/jobs.ts';

let gateway: JobGateway;
beforeAll(async () => {
  gateway = await startJobGateway({ PROTECTED_GROUPS: 'Analysts' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

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
