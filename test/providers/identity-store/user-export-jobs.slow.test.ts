/** Users of identity stores as files: what is exported can be imported. */
import { describe, expect, it } from 'vitest';
import { askWithFile, endOfJob, exported, runJob, useJobGateway } from '../../support/jobs.ts';
import { userNamed } from '../../support/store-users.ts';

const gateway = useJobGateway();

describe('exportIdentityStoreUsers', () => {
  it.each(['CSV', 'NDJSON'] as const)('writes %s that importIdentityStoreUsers reads', async format => {
    const before = await gateway.query(all);
    const job = await runJob(gateway, 'exportIdentityStoreUsers', { groups: true });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      counts: { total: 3, succeeded: 3 },
      rows: [{ action: 'EXPORT' }, { action: 'EXPORT' }, { action: 'EXPORT' }],
    });
    const text = await exported(gateway, job.id, format);
    for (const userName of ['ada', 'alan', 'grace']) await deleteUser(userName);
    const file = { format: format.toLowerCase() as 'csv' | 'ndjson', text };
    const asked = await askWithFile(gateway, 'importIdentityStoreUsers', {}, file);
    expect(await endOfJob(gateway, asked.job.id)).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 3 },
    });
    expect(sorted(await gateway.query(all))).toEqual(sorted(before));
  });

  it('writes no groups unless they are asked for', async () => {
    const { id } = await runJob(gateway, 'exportIdentityStoreUsers', {});
    const rows = (await exported(gateway, id, 'NDJSON')).trim().split('\n');
    expect(rows.map(row => Object.keys(JSON.parse(row) as object).includes('groups'))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

const all =
  '{ identityStoreUsers { edges { node { userName displayName nickName title emails { value type primary } name { givenName familyName } groups { edges { node { displayName } } } } } } }';

/** The users by their names, with their groups by theirs: both get new ids. */
function sorted({
  data,
}: {
  readonly data?: { readonly identityStoreUsers: { readonly edges: readonly Edge[] } };
}) {
  return data?.identityStoreUsers.edges
    .map(({ node }) => ({ ...node, groups: node.groups.edges.map(edge => edge.node.displayName).toSorted() }))
    .toSorted((one, other) => (one.userName < other.userName ? -1 : 1));
}

interface Edge {
  readonly node: {
    readonly userName: string;
    readonly groups: { readonly edges: readonly { readonly node: { readonly displayName: string } }[] };
  };
}

async function deleteUser(userName: string): Promise<void> {
  const { userId } = await userNamed(gateway, userName);
  await gateway.query(`mutation { deleteIdentityStoreUser(input: { userId: "${userId}" }) { __typename } }`);
}
