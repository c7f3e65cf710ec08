/** Users of identity stores that rows of one bulk job name in several ways. */
import { describe, expect, it } from 'vitest';
import { askWithFile, endOfJob, runJob, useJobGateway } from '../../support/jobs.ts';
import { userNamed } from '../../support/store-users.ts';

const gateway = useJobGateway({ MAX_DELETION_PERCENT: '50' });

/** What names Ada in three ways, and Alan. */
async function references() {
  const { data } = await gateway.query(
    '{ identityStoreUser(by: { userName: "ada" }) { userId emails { value } } }',
  );
  const { userId, emails } = data.identityStoreUser;
  return [{ userId }, { email: emails[0].value }, { userName: 'alan' }, { userName: 'ada' }];
}

const sameBy = (column: string, place: string) => {
  const message = `${column} names the same as ${place} does.`;
  return {
    outcome: 'FAILED',
    action: null,
    thingId: null,
    error: { __typename: 'InvalidInputError', message, issues: [{ path: column.split('.'), message }] },
  };
};

describe('Rows that name one user in several ways', () => {
  const same = [sameBy('user.email', 'row 0'), sameBy('user.userName', 'row 0')];

  it('are one deletion, in a dry run, for the brake and for what is confirmed', async () => {
    const source = { rows: (await references()).map(named => ({ user: named })) };
    const planned = await runJob(gateway, 'deleteIdentityStoreUsers', { source, dryRun: true });
    expect(planned).toMatchObject({
      state: 'PLANNED',
      counts: { planned: 2, failed: 2 },
      rows: [{ action: 'DELETE' }, same[0], { action: 'DELETE' }, same[1]],
    });
    const stopped = await runJob(gateway, 'deleteIdentityStoreUsers', { source });
    expect(stopped.reason).toMatch(/^2 of 3 users/);
    const done = await runJob(gateway, 'deleteIdentityStoreUsers', { source, confirmDeletions: 2 });
    expect(done).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 2, failed: 2 },
      rows: [{ action: 'DELETE' }, same[0], { action: 'DELETE' }, same[1]],
    });
  });

  it('are one change, of which the first row is performed', async () => {
    const rows = (await references()).map((named, at) => ({ user: named, title: `Title ${at}` }));
    const job = await runJob(gateway, 'updateIdentityStoreUsers', { source: { rows } });
    expect(job.rows).toMatchObject([{ action: 'UPDATE' }, same[0], { action: 'UPDATE' }, same[1]]);
    expect(await userNamed(gateway, 'ada')).toMatchObject({ title: 'Title 0' });
  });

  it('are the same when rows are tried again, whichever of them was performed', async () => {
    const [byId, , , byName] = await references();
    gateway.localAws.faults.add({
      operation: 'GetUserId',
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const rows = [
      { user: byName, title: 'By name' },
      { user: byId, title: 'By id' },
    ];
    const job = await runJob(gateway, 'updateIdentityStoreUsers', { source: { rows } });
    expect(job.rows).toMatchObject([{ error: { __typename: 'AccessDeniedError' } }, { action: 'UPDATE' }]);
    await gateway.query('mutation ($id: ID!) { retryJob(input: { id: $id }) { __typename } }', {
      id: job.id,
    });
    const { rows: again } = await endOfJob(gateway, job.id);
    expect(again).toMatchObject([sameBy('user.userName', 'row 1'), { action: 'UPDATE' }]);
    expect(await userNamed(gateway, 'ada')).toMatchObject({ title: 'By id' });
  });

  it('are told by their lines when they come in a file, also when many are planned at a time', async () => {
    const [{ userId } = {}] = await references();
    const rows = Array.from({ length: 60 }, (_, at) => `user-${at},`);
    const text = ['user.userName,user.userId', 'ada,', ...rows, `,${userId}`, ''].join('\r\n');
    const { job } = await askWithFile(
      gateway,
      'deleteIdentityStoreUsers',
      { dryRun: true },
      { format: 'csv', text },
    );
    expect(await endOfJob(gateway, job.id)).toMatchObject({ counts: { planned: 1, failed: 61 } });
    const last = (await endOfJob(gateway, job.id)).rows.at(-1);
    expect(last).toMatchObject({ line: 63, ...sameBy('user.userId', 'line 2') });
  });
});
