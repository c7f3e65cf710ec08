/** A brake is asked once: what it let pass goes on through every interruption, and nothing more than that. */
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  askForJob,
  breakLookAtJob,
  changeJob,
  endOfJob,
  jobNow,
  runJob,
  useJobGateway,
} from '../support/jobs.ts';
import { person } from '../support/store-users.ts';

const COUNT = 20;

/** A process that counts as lost holds its rows for some twenty seconds. */
const PATIENCE = { timeout: 80_000, interval: 200 };

const NONE = { invalid: 0, planned: 0, waiting: 0, succeeded: 0, failed: 0, unknown: 0, cancelled: 0 };

const name = (at: number) => `user-${at}`;

interface Kind {
  readonly of: string;
  readonly input: object;
  readonly place: string;
  readonly made: (at: number) => object;
  readonly gone: (at: number) => object;
}

const kinds: readonly Kind[] = [
  {
    of: 'RekognitionUsers',
    input: { collectionId: 'employees' },
    place: 'the collection "employees"',
    made: (at: number) => ({ userId: name(at) }),
    gone: (at: number) => ({ userId: name(at) }),
  },
  {
    of: 'IdentityStoreUsers',
    input: {},
    place: 'the identity store d-9067012345',
    made: (at: number) => person(name(at)),
    gone: (at: number) => ({ user: { userName: name(at) } }),
  },
];

const gateway = useJobGateway({ AWS_BUDGETS: 'rekognition:DeleteUser=5,identitystore:DeleteUser=5' });

const many = (row: (at: number) => object, first = 0) =>
  Array.from({ length: COUNT }, (_, at) => row(first + at));

const deletions = () => gateway.calls().filter(each => each === 'DeleteUser').length;

describe.each(kinds)('delete$of', ({ of, input, place, made, gone }) => {
  const make = (rows: readonly object[]) => runJob(gateway, `import${of}`, { ...input, source: { rows } });
  const asked = (rows: readonly object[], confirmDeletions: number) => ({
    ...input,
    source: { rows },
    confirmDeletions,
  });

  /** Asks for the deletion of all that were made, and waits until one was refused and some are deleted, slowly. */
  async function halfDone(): Promise<string> {
    await make(many(made));
    gateway.localAws.faults.add({
      operation: 'DeleteUser',
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    gateway.localAws.faults.add({
      operation: 'DeleteUser',
      effect: { type: 'latency', milliseconds: 500 },
    });
    const { job } = await askForJob(gateway, `delete${of}`, asked(many(gone), COUNT));
    while ((await jobNow(gateway, job.id)).counts.succeeded === 0) await setTimeout(50);
    return job.id;
  }

  it('goes on after the connection broke on which the job was looked at', async () => {
    const id = await halfDone();
    await breakLookAtJob(gateway);
    // The database counts as lost for a moment.
    const job = await vi.waitFor(async () => {
      const now = await jobNow(gateway, id);
      expect(now.state).toBe('COMPLETED');
      return now;
    }, PATIENCE);
    expect(job).toMatchObject({
      reason: null,
      counts: { ...NONE, total: COUNT, succeeded: COUNT - 1, failed: 1 },
    });
  }, 120_000);

  it('goes on after it was cancelled', async () => {
    const id = await halfDone();
    await changeJob(gateway, 'cancelJob', id);
    const cancelled = await endOfJob(gateway, id);
    expect(cancelled.state).toBe('CANCELLED');
    expect(cancelled.counts.cancelled).toBeGreaterThan(0);
    gateway.localAws.faults.clear();
    expect(await changeJob(gateway, 'retryJob', id)).toEqual({ __typename: 'RetryJobSuccess' });
    expect(await endOfJob(gateway, id)).toMatchObject({
      state: 'COMPLETED',
      counts: { ...NONE, total: COUNT, succeeded: COUNT },
    });
  });

  it('performs those again that AWS refused', async () => {
    await make(many(made));
    gateway.localAws.faults.add({
      operation: 'DeleteUser',
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const first = await runJob(gateway, `delete${of}`, asked(many(gone), COUNT));
    expect(first).toMatchObject({ state: 'COMPLETED', counts: { succeeded: COUNT - 1, failed: 1 } });
    expect(await changeJob(gateway, 'retryJob', first.id)).toEqual({ __typename: 'RetryJobSuccess' });
    expect(await endOfJob(gateway, first.id)).toMatchObject({
      state: 'COMPLETED',
      counts: { ...NONE, total: COUNT, succeeded: COUNT },
    });
  });

  it('does not delete more than was let pass when it is tried again', async () => {
    await make(many(made));
    const rows = [gone(0), ...many(gone, COUNT)];
    const first = await runJob(gateway, `delete${of}`, asked(rows, 1));
    expect(first).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 1, failed: COUNT } });
    await make(many(at => made(COUNT + at)));
    await changeJob(gateway, 'retryJob', first.id);
    expect(await endOfJob(gateway, first.id)).toMatchObject({
      state: 'STOPPED',
      reason: `${COUNT} users of ${place} would be deleted, and confirmDeletions says 1, of which the job has deleted 1 before. None was deleted now. Ask for another job, with confirmDeletions: ${COUNT}, to have them deleted.`,
      counts: { ...NONE, total: COUNT + 1, succeeded: 1, cancelled: COUNT },
    });
    expect(deletions()).toBe(1);
    expect(await changeJob(gateway, 'retryJob', first.id)).toEqual({
      __typename: 'ConflictError',
      message: 'No row of the job can be performed again, or it has not ended yet.',
    });
    // What it told is what another job takes.
    const again = await runJob(gateway, `delete${of}`, asked(rows, COUNT));
    expect(again).toMatchObject({ state: 'COMPLETED', counts: { succeeded: COUNT, failed: 1 } });
  });

  it('tells of one user, and of the share of those that a retry would delete', async () => {
    await make(many(made));
    const one = await runJob(gateway, `delete${of}`, asked([gone(0)], 2));
    expect(one.reason).toBe(
      `1 user of ${place} would be deleted, and confirmDeletions says 2. Nothing was deleted. Ask for another job, with confirmDeletions: 1, to have it deleted.`,
    );
    // One of 23, or of 22, is less than 5 %; two are more.
    const first = await runJob(gateway, `delete${of}`, {
      ...input,
      source: { rows: [gone(0), gone(COUNT)] },
    });
    expect(first).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 1, failed: 1 } });
    await make([made(COUNT)]);
    await changeJob(gateway, 'retryJob', first.id);
    const { reason } = await endOfJob(gateway, first.id);
    expect(reason).toBe(
      `1 of 23 users of ${place} would be deleted, which with the 1 that the job has deleted before is 8.3 % of 24; more than 5 % are deleted only if confirmDeletions repeats the number. None was deleted now. Ask for another job, with confirmDeletions: 1, to have it deleted.`,
    );
  });

  it('stops nothing where nothing would be deleted', async () => {
    const job = await runJob(gateway, `delete${of}`, asked(many(gone), COUNT));
    expect(job).toMatchObject({ state: 'COMPLETED', reason: null, counts: { failed: COUNT } });
    await make(many(made));
    await changeJob(gateway, 'retryJob', job.id);
    expect(await endOfJob(gateway, job.id)).toMatchObject({
      state: 'COMPLETED',
      counts: { ...NONE, total: COUNT, succeeded: COUNT },
    });
  });
});
