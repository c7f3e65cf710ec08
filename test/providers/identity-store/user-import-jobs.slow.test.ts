/** Users of identity stores that come in bulk. */
import { describe, expect, it } from 'vitest';
import { askForJob, runJob, useJobGateway } from '../../support/jobs.ts';
import { person, userNamed } from '../../support/store-users.ts';

const gateway = useJobGateway({ PROTECTED_USERS: 'root-*, grace' });

describe('importIdentityStoreUsers', () => {
  it('creates users, and makes them members of groups', async () => {
    const job = await runJob(gateway, 'importIdentityStoreUsers', {
      source: {
        rows: [
          person('one'),
          person('two', { groups: [{ displayName: 'Engineers' }, { displayName: 'Analysts' }] }),
        ],
      },
    });
    const one = await userNamed(gateway, 'one');
    const two = await userNamed(gateway, 'two');
    expect(two).toMatchObject({ userId: expect.any(String) });
    expect(
      two.groups.edges.map(({ node }: { node: { displayName: string } }) => node.displayName).toSorted(),
    ).toEqual(['Analysts', 'Engineers']);
    expect(job).toMatchObject({
      operation: 'importIdentityStoreUsers',
      state: 'COMPLETED',
      counts: { total: 2, succeeded: 2, failed: 0, invalid: 0, waiting: 0 },
      rows: [
        { position: 0, line: null, outcome: 'SUCCEEDED', action: 'CREATE', thingId: one.id, error: null },
        { position: 1, line: null, outcome: 'SUCCEEDED', action: 'CREATE', thingId: two.id, error: null },
      ],
    });
  });

  it('fails with users that exist, unless it is to skip or to update them', async () => {
    const row = person('ada', { title: 'Countess' });
    const ada = await userNamed(gateway, 'ada');
    const source = { rows: [row] };
    expect((await runJob(gateway, 'importIdentityStoreUsers', { source })).rows).toEqual([
      {
        position: 0,
        line: null,
        outcome: 'FAILED',
        action: null,
        thingId: null,
        error: {
          __typename: 'ConflictError',
          message: 'The identity store d-9067012345 already has a user with this userName or e-mail address.',
        },
      },
    ]);
    const done = { position: 0, line: null, outcome: 'SUCCEEDED', thingId: ada.id, error: null };
    const skipping = await runJob(gateway, 'importIdentityStoreUsers', { source, onExisting: 'SKIP' });
    expect(skipping.rows).toEqual([{ ...done, action: 'SKIP' }]);
    expect(await userNamed(gateway, 'ada')).toEqual(ada);
    const updating = await runJob(gateway, 'importIdentityStoreUsers', { source, onExisting: 'UPDATE' });
    expect(updating.rows).toEqual([{ ...done, action: 'UPDATE' }]);
    expect(await userNamed(gateway, 'ada')).toEqual({ ...ada, title: 'Countess' });
  });

  it('does nothing as long as a row has a fault, and tells each', async () => {
    const rows = [
      person('three'),
      { userName: 'x'.repeat(129) },
      person('four', { title: 'x'.repeat(1025) }),
    ];
    const job = await runJob(gateway, 'importIdentityStoreUsers', { source: { rows } });
    expect(job).toMatchObject({
      state: 'INVALID',
      counts: { total: 3, invalid: 2, cancelled: 1, waiting: 0, succeeded: 0 },
    });
    expect(job.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'CANCELLED',
      'INVALID',
      'INVALID',
    ]);
    expect(job.rows[2].error).toEqual({
      __typename: 'InvalidInputError',
      message: 'title must be at most 1024 characters long.',
      issues: [{ path: ['title'], message: 'title must be at most 1024 characters long.' }],
    });
    expect(gateway.calls()).toEqual([]);
    const skipping = await runJob(gateway, 'importIdentityStoreUsers', {
      source: { rows },
      skipInvalidRows: true,
    });
    expect(skipping).toMatchObject({ state: 'COMPLETED', counts: { total: 3, invalid: 2, succeeded: 1 } });
  });

  it('leaves protected users as they are, and takes no two rows for one user', async () => {
    const protectedRow = { source: { rows: [person('grace', { title: 'x' })] }, onExisting: 'UPDATE' };
    expect((await runJob(gateway, 'importIdentityStoreUsers', protectedRow)).rows).toMatchObject([
      {
        outcome: 'FAILED',
        error: { message: 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.' },
      },
    ]);
    const twice = { source: { rows: [person('twice'), person('TWICE')] }, dryRun: true };
    expect(await runJob(gateway, 'importIdentityStoreUsers', twice)).toMatchObject({
      state: 'INVALID',
      rows: [{ outcome: 'CANCELLED' }, { error: { message: 'userName names the same as row 0 does.' } }],
    });
  });

  it('tells in a dry run what it would do, and does nothing', async () => {
    const someGroup = '00000000-0000-0000-0000-000000000000';
    const engineers = { displayName: 'Engineers' };
    const rows = [
      person('five'),
      person('ada'),
      person('six', { groups: [engineers, { displayName: 'Nobody' }] }),
      person('seven', { groups: [engineers, { groupId: someGroup }] }),
    ];
    const job = await runJob(gateway, 'importIdentityStoreUsers', {
      source: { rows },
      dryRun: true,
      onExisting: 'SKIP',
    });
    expect(job).toMatchObject({
      state: 'PLANNED',
      dryRun: true,
      counts: { planned: 2, failed: 2, succeeded: 0 },
      rows: [
        { outcome: 'PLANNED', action: 'CREATE', thingId: null },
        { outcome: 'PLANNED', action: 'SKIP', thingId: (await userNamed(gateway, 'ada')).id },
        ...['groups.1.displayName', 'groups.1.groupId'].map(column => ({
          outcome: 'FAILED',
          error: {
            __typename: 'NotFoundError',
            message: `${column} names no group of the identity store d-9067012345.`,
          },
        })),
      ],
    });
    expect(await userNamed(gateway, 'five')).toBeNull();
  });

  it('refuses a source without rows', async () => {
    expect(await askForJob(gateway, 'importIdentityStoreUsers', { source: { rows: [] } })).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message: 'source.rows must not be empty.',
      issues: [{ path: ['source', 'rows'], message: 'source.rows must not be empty.' }],
    });
  });
});
