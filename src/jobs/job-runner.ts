/** Works on the jobs that it is handed. */
import type { IdempotencyKeys } from '../ledger/index.ts';
import type { Context } from '../schema/context.ts';
import type { Brakes } from './brakes.ts';
import { type JobKind, jobKindOf } from './job-kind.ts';
import type { JobQueries } from './job-queries.ts';
import type { JobRecord, JobStore, QueuedJob } from './job-store.ts';
import { JobWork } from './job-work.ts';

export interface JobRunnerOptions {
  readonly store: JobStore;
  readonly queries: JobQueries;
  readonly keys: IdempotencyKeys;
  /** Makes a context for calls in a job's name. */
  readonly contextFor: (job: JobRecord) => Context;
  /** How many requests a second AWS takes for a job of a kind; undefined where nothing limits them. */
  readonly requestsPerSecond: (kind: JobKind) => number | undefined;
  readonly brakes: Brakes;
  /** Is told of an error that nobody foresaw. */
  readonly bug: (error: unknown, job: JobRecord) => void;
  /** Is told of a job that this gateway does not serve. */
  readonly unserved: (job: JobRecord) => void;
  /** Is told why the database could not be used. */
  readonly failed: (error: unknown) => void;
}

/** A job that a worker has. */
export interface JobTurn {
  readonly job: string;
  /** As what it was queued. */
  readonly run: number;
  /** Has it leave the job to others. */
  readonly leave: AbortSignal;
  /** Has it give its worker back. */
  readonly giveBack: AbortSignal;
}

export class JobRunner {
  readonly #options: JobRunnerOptions;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /**
   * Works on a job until it has ended, or is queued anew.
   *
   * @returns The job if it is to be handed out again, since its worker was wanted back.
   * @throws Error when the job was left before its end; it says nothing of why, since it is kept with the queue.
   */
  async run(turn: JobTurn): Promise<QueuedJob | undefined> {
    let end: boolean | QueuedJob = false;
    try {
      end = await this.#work(turn);
    } catch (error) {
      this.#options.failed(error);
    }
    if (end === false) throw new Error('The job was left to others.');
    return end === true ? undefined : end;
  }

  /** True when it has ended; false when it was left. */
  async #work({ job: id, run, leave, giveBack }: JobTurn): Promise<boolean | QueuedJob> {
    const { store, queries, unserved } = this.#options;
    const job = await queries.find(id);
    const kind = job && jobKindOf(job.operation);
    if (job && !kind) unserved(job);
    if (!job || !kind) return !job;
    const started = await store.start(id, run);
    if (!started) return true;
    const signal = AbortSignal.any([leave, giveBack]);
    if (await new JobWork(started, kind, this.#options, signal).perform()) return true;
    return giveBack.aborted && !leave.aborted ? ((await store.giveBack(started)) ?? false) : false;
  }
}
