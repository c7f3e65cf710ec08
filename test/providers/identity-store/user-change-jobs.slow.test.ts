/** Users of identity stores that are changed and deleted in bulk. */
import { describe, expect, it } from 'vitest';
import { runJob, useJobGateway } from '../../support/jobs.ts';
import { userNamed } from '../../support/store-users.ts';

const gateway = useJobGateway({ PROTECTED_USERS: 'root-*, grace', MAX_DELETION_PERCENT: '50' });

describe('updateIdentityStoreUsers', () => {
  it('changes users, but no protected ones', async () => {
    const rows = [
      { user: { userName: 'ada' }, title: 'Countess' },
      { user: { userName: 'grace' }, title: 'Admiral' },
      { user: { userName: 'nobody' }, title: 'Nobody' },
    ];
    const job = await runJob(gateway, 'updateIdentityStoreUsers', { source: { rows } });
    expect(await userNamed(gateway, 'ada')).toMatchObject({ title: 'Countess' });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 1, failed: 2 },
      rows: [
        { outcome: 'SUCCEEDED', action: 'UPDATE', thingId: (await userNamed(gateway, 'ada')).id },
        {
          outcome: 'FAILED',
          error: {
            __typename: 'AccessDeniedError',
            message: 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.',
          },
        },
        {
          outcome: 'FAILED',
          error: {
            __typename: 'NotFoundError',
            message: 'user.userName names no user of the identity store d-9067012345.',
          },
        },
      ],
    });
  });
});

describe('deleteIdentityStoreUsers', () => {
  const rows = [
    { user: { userName: 'alan' } },
    { user: { userName: 'grace' } },
    { user: { email: 'ada@example.com' } },
  ];

  it('deletes users, but no protected ones, if the number is small or confirmed', async () => {
    const stopped = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows } });
    expect(stopped).toMatchObject({
      state: 'STOPPED',
      reason:
        '2 of 3 users of the identity store d-9067012345 would be deleted, which is 66.7 %; more than 50 % are deleted only if confirmDeletions repeats the number. Nothing was deleted. Ask for another job, with confirmDeletions: 2, to have them deleted.',
      counts: { cancelled: 2, waiting: 0, failed: 1, succeeded: 0 },
    });
    const wrong = await runJob(gateway, 'deleteIdentityStoreUsers', {
      source: { rows },
      confirmDeletions: 3,
    });
    expect(wrong).toMatchObject({
      state: 'STOPPED',
      reason:
        '2 users of the identity store d-9067012345 would be deleted, and confirmDeletions says 3. Nothing was deleted. Ask for another job, with confirmDeletions: 2, to have them deleted.',
    });
    expect(await userNamed(gateway, 'alan')).not.toBeNull();
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows }, confirmDeletions: 2 });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 2, failed: 1 },
      rows: [
        { action: 'DELETE' },
        { outcome: 'FAILED', error: { __typename: 'AccessDeniedError' } },
        { action: 'DELETE' },
      ],
    });
    expect(await userNamed(gateway, 'alan')).toBeNull();
    expect(await userNamed(gateway, 'ada')).toBeNull();
    expect(await userNamed(gateway, 'grace')).not.toBeNull();
  });

  it('tells in a dry run what would go', async () => {
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows }, dryRun: true });
    expect(job).toMatchObject({ state: 'PLANNED', counts: { planned: 2, failed: 1 } });
    expect(await userNamed(gateway, 'alan')).not.toBeNull();
  });
});
