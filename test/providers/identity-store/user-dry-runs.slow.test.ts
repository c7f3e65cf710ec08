/** What dry runs of bulk jobs know of users of identity stores: what the jobs would meet. */
import { describe, expect, it } from 'vitest';
import { runJob, useJobGateway } from '../../support/jobs.ts';
import { person } from '../../support/store-users.ts';

const gateway = useJobGateway({ MAX_DELETION_PERCENT: '50' });

const email = (value: string) => ({ emails: [{ value }] });
const trialOf = (row: object) => ({ dryRun: true, source: { rows: [row] } });

describe('A dry run', () => {
  it('of an import knows of e-mail addresses that others have', async () => {
    const rows = [
      person('seven', email('ADA@example.com')),
      person('ada', email('ada@example.com')),
      person('alan', email('grace@example.com')),
      person('eight', email('eight@example.com')),
    ];
    for (const onExisting of ['SKIP', 'UPDATE']) {
      gateway.localAws.reset();
      // One row each, for a fault is what two rows with one address are.
      for (const row of rows) {
        const input = { onExisting, source: { rows: [row] } };
        const [planned] = (await runJob(gateway, 'importIdentityStoreUsers', { ...input, dryRun: true }))
          .rows;
        const [done] = (await runJob(gateway, 'importIdentityStoreUsers', input)).rows;
        expect([planned.action, planned.error]).toEqual([done.action, done.error]);
      }
    }
    const twice = {
      source: { rows: [person('nine', email('x@example.com')), person('ten', email('X@example.com'))] },
    };
    expect(await runJob(gateway, 'importIdentityStoreUsers', twice)).toMatchObject({
      state: 'INVALID',
      rows: [
        { outcome: 'CANCELLED' },
        { error: { message: 'emails.0.value names the same as row 0 does.' } },
      ],
    });
  });

  it('knows of users and groups that there are not, when they are named by ids', async () => {
    const nobody = '00000000-0000-0000-0000-000000000000';
    const failed = { counts: { failed: 1 }, rows: [{ error: { __typename: 'NotFoundError' } }] };
    const byId = { user: { userId: nobody } };
    expect(await runJob(gateway, 'deleteIdentityStoreUsers', trialOf(byId))).toMatchObject(failed);
    expect(await runJob(gateway, 'updateIdentityStoreUsers', trialOf({ ...byId, title: 'x' }))).toMatchObject(
      failed,
    );
    const grouped = person('eleven', { groups: [{ groupId: nobody }] });
    expect(await runJob(gateway, 'importIdentityStoreUsers', trialOf(grouped))).toMatchObject(failed);
    // The number that a deletion goes by has none that there are not.
    const real = { source: { rows: [byId] }, confirmDeletions: 0 };
    expect(await runJob(gateway, 'deleteIdentityStoreUsers', real)).toMatchObject({
      state: 'COMPLETED',
      ...failed,
    });
  });
});
