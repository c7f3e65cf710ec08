/** However the work on a job goes wrong, the job comes to an end, says why, and keeps no other from its work. */
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Brakes } from '../../src/jobs/brakes.ts';
import { subscribe, told } from '../support/events.ts';
import type { Answer } from '../support/gateway.ts';
import { askForJob, changeJob, endOfJob, exported, jobNow, runJob, useJobGateway } from '../support/jobs.ts';

const collectionId = 'employees';

const gateway = useJobGateway();

const refuse = (operation: string, name = 'AccessDeniedException') =>
  gateway.localAws.faults.add({ operation, effect: { type: 'exception', name } });

const resultsOf = async (id: string): Promise<Answer> =>
  gateway.query('query ($id: ID!) { node(id: $id) { ... on Job { csv: resultsUrl } } }', { id });

const logged = (job: { readonly jobId: string }) =>
  gateway.log.filter(line => line['job'] === job.jobId && line['msg'] === 'A bug in a job.');

const denied = {
  __typename: 'AccessDeniedError',
  message: expect.stringMatching(/ does not let the credentials of this gateway perform the operation\.$/),
};

describe('A job whose reading is refused', () => {
  it.each([
    [
      'exportRekognitionUsers',
      { collectionId: 'nope' },
      { __typename: 'NotFoundError', message: 'There is no collection "nope".' },
    ],
    [
      'exportRekognitionUsers',
      { collectionId: 'a b!' },
      {
        __typename: 'InvalidInputError',
        message: 'collectionId may contain only letters, digits, "_", "." and "-".',
      },
    ],
    [
      'exportChimeUsers',
      { accountId: 'nope' },
      { __typename: 'NotFoundError', message: expect.stringContaining('nope') },
    ],
    [
      'exportIdentityStoreUsers',
      { identityStoreId: 'd-0000000000' },
      { __typename: 'NotFoundError', message: expect.stringContaining('d-0000000000') },
    ],
  ])('%s of %j fails with what AWS said, and has no results', async (name, input, error) => {
    const { job } = await askForJob(gateway, name, input);
    const stream = await subscribe(gateway, {
      query: 'subscription ($id: ID!) { jobProgress(id: $id) { state error { message } } }',
      variables: { id: job.id },
    });
    expect(await stream.end).toBe('ended');
    expect(told(stream).at(-2)?.data?.data?.jobProgress).toEqual({
      state: 'FAILED',
      error: { message: error.message },
    });
    expect(await jobNow(gateway, job.id)).toMatchObject({
      state: 'FAILED',
      reason: null,
      error,
      counts: { total: 0 },
      rows: [],
    });
    expect(await resultsOf(job.id)).toEqual({ data: { node: { csv: null } } });
    expect(await changeJob(gateway, 'cancelJob', job.id)).toEqual({
      __typename: 'ConflictError',
      message: 'The job has ended already.',
    });
  });

  it.each([
    ['exportRekognitionUsers', { collectionId }],
    ['exportChimeUsers', { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890' }],
    ['exportIdentityStoreUsers', {}],
  ])('%s is made anew by retryJob', async (name, input) => {
    refuse('ListUsers');
    const job = await runJob(gateway, name, input);
    expect(job).toMatchObject({ state: 'FAILED', error: denied, counts: { total: 0 } });
    gateway.localAws.faults.clear();
    expect(await changeJob(gateway, 'retryJob', job.id)).toEqual({ __typename: 'RetryJobSuccess' });
    const made = await endOfJob(gateway, job.id);
    expect(made).toMatchObject({ state: 'COMPLETED', error: null });
    expect(made.counts.total).toBeGreaterThan(0);
    expect((await exported(gateway, job.id, 'NDJSON')).trim().split('\n')).toHaveLength(made.counts.total);
  });

  it('deletes nothing if its brake cannot be asked, and does when it can', async () => {
    refuse('ListUsers');
    const source = { rows: [{ user: { userName: 'ada' } }] };
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source });
    expect(job).toMatchObject({ state: 'FAILED', error: denied, counts: { cancelled: 1, waiting: 0 } });
    expect(gateway.calls()).not.toContain('DeleteUser');
    gateway.localAws.faults.clear();
    await changeJob(gateway, 'retryJob', job.id);
    expect(await endOfJob(gateway, job.id)).toMatchObject({ state: 'STOPPED', error: null });
  });

  it('leaves the workers to other jobs', async () => {
    const jobs = Array.from({ length: 6 }, () =>
      runJob(gateway, 'exportRekognitionUsers', { collectionId: 'nope' }),
    );
    for (const { state } of await Promise.all(jobs)) expect(state).toBe('FAILED');
    const calls = gateway.calls().length;
    await setTimeout(3_000);
    expect(gateway.calls()).toHaveLength(calls);
  });
});

describe('What passes', () => {
  it.each([
    ['a failure', { type: 'exception', name: 'InternalServerError', status: 500 } as const],
    ['a throttle', { type: 'throttle' } as const],
  ])('of a reading is tried again: %s', async (_what, effect) => {
    gateway.localAws.faults.add({ operation: 'ListUsers', times: 8, effect });
    expect(await runJob(gateway, 'exportRekognitionUsers', { collectionId })).toMatchObject({
      state: 'COMPLETED',
      counts: { total: 3, succeeded: 3 },
    });
  });

  it.each([
    ['deleteIdentityStoreUsers', 'GetUserId', { user: { userName: 'ada' } }],
    [
      'changeGroupMemberships',
      'GetGroupId',
      { change: 'ADD', user: { userName: 'ada' }, group: { displayName: 'Analysts' } },
    ],
    [
      'importIdentityStoreUsers',
      'GetGroupId',
      {
        userName: 'new',
        displayName: 'New',
        name: { givenName: 'New', familyName: 'User' },
        groups: [{ displayName: 'Analysts' }],
      },
    ],
  ])('of a row of %s is tried again while it is planned: %s', async (name, operation, row) => {
    const confirmed = name.startsWith('delete') ? { confirmDeletions: 1 } : {};
    for (const effect of [
      { type: 'throttle' } as const,
      { type: 'exception', name: 'InternalServerException', status: 500 } as const,
    ]) {
      gateway.localAws.faults.add({ operation, times: 6, effect });
    }
    const job = await runJob(gateway, name, { source: { rows: [row] }, ...confirmed });
    expect(job).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 1, failed: 0 } });
  });
});

describe('A job that is cancelled', () => {
  it.each([
    ['waits for a long answer', { type: 'latency', milliseconds: 25_000 } as const],
    ['tries again what passes', { type: 'throttle', retryAfterSeconds: 60 } as const],
  ])('ends while its reading %s', async (_what, effect) => {
    gateway.localAws.faults.add({ operation: 'ListUsers', effect });
    const before = performance.now();
    for (const [name, input] of [
      ['exportRekognitionUsers', { collectionId }],
      ['deleteRekognitionUsers', { collectionId, source: { rows: [{ userId: 'ada' }] } }],
      ['deleteIdentityStoreUsers', { source: { rows: [{ user: { userName: 'ada' } }] } }],
    ] as const) {
      const calls = gateway.calls().length;
      const { job } = await askForJob(gateway, name, input);
      while (!gateway.calls().slice(calls).includes('ListUsers')) await setTimeout(50);
      await changeJob(gateway, 'cancelJob', job.id);
      expect(await endOfJob(gateway, job.id)).toMatchObject({ state: 'CANCELLED', error: null });
    }
    expect(performance.now() - before).toBeLessThan(24_000);
  });

  it('may be made anew if it is an export, of which part would pass for the whole', async () => {
    gateway.localAws.faults.add({ operation: 'ListUsers', effect: { type: 'throttle' } });
    const { job } = await askForJob(gateway, 'exportRekognitionUsers', { collectionId });
    while (!gateway.calls().includes('ListUsers')) await setTimeout(50);
    await changeJob(gateway, 'cancelJob', job.id);
    await endOfJob(gateway, job.id);
    expect(await resultsOf(job.id)).toEqual({ data: { node: { csv: null } } });
    gateway.localAws.faults.clear();
    await changeJob(gateway, 'retryJob', job.id);
    expect(await endOfJob(gateway, job.id)).toMatchObject({ state: 'COMPLETED', counts: { total: 3 } });
  });
});

describe('A bug', () => {
  const unexpected = {
    __typename: 'ProviderFailureError',
    message: 'An unexpected error in this gateway, which its log tells more of. Nothing was changed.',
    retryable: false,
    outcomeUnknown: false,
  };

  it('in what a job reads ends it, and is told once, without what it quotes', async () => {
    const mistake = new TypeError('It quotes a secret.');
    vi.spyOn(Brakes.prototype, 'onDeletion').mockRejectedValueOnce(mistake);
    const source = { rows: [{ user: { userName: 'ada' } }] };
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source });
    expect(job).toMatchObject({ state: 'FAILED', error: unexpected, counts: { cancelled: 1 } });
    expect(logged(job)).toMatchObject([{ level: 50, bug: { type: 'TypeError' } }]);
    expect(JSON.stringify(gateway.log)).not.toContain('a secret');
    expect(
      await gateway.database.sql("select 1 from vestibule_jobs.job where output::text like '%a secret%'"),
    ).toEqual([]);
  });

  it('in the planning of a row is the error of that row', async () => {
    vi.spyOn(Brakes.prototype, 'checkUser').mockImplementationOnce(() => {
      throw new RangeError('It quotes a secret.');
    });
    const rows = [{ user: { userName: 'ada' } }, { user: { userName: 'alan' } }];
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows }, confirmDeletions: 1 });
    expect(job).toMatchObject({ state: 'COMPLETED', error: null, counts: { succeeded: 1, failed: 1 } });
    const failed = job.rows.find(({ outcome }: { outcome: string }) => outcome === 'FAILED');
    expect(failed.error).toEqual({ __typename: unexpected.__typename, message: unexpected.message });
    expect(logged(job)).toHaveLength(1);
  });

  it('is a value that PostgreSQL has no form for', async () => {
    const users = [{ UserId: 'a\u0000b', UserStatus: 'ACTIVE' }];
    gateway.localAws.faults.add({
      operation: 'ListUsers',
      effect: {
        type: 'response',
        status: 200,
        body: JSON.stringify({ Users: users }),
        contentType: 'application/x-amz-json-1.1',
        requestId: true,
      },
    });
    const job = await runJob(gateway, 'exportRekognitionUsers', { collectionId });
    expect(job).toMatchObject({ state: 'FAILED', error: unexpected, counts: { total: 0 } });
    expect(logged(job)).toHaveLength(1);
  });
});
