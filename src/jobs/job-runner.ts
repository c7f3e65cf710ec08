/** Works on the jobs that it is handed. */
import type { IdempotencyKeys } from '../ledger/index.ts';
import type { Context } from '../schema/context.ts';
import type { Brakes } from './brakes.ts';
import { type JobKind, jobKindOf } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { JobWork } from './job-work.ts';

export interface JobRunnerOptions {
  readonly store: JobStore;
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

export class JobRunner {
  readonly #options: JobRunnerOptions;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /**
   * Works on a job until it has ended.
   *
   * @param signal Has it leave the job to others.
   * @throws Error when the job was left before its end; it says nothing of why, since it is kept with the queue.
   */
  async run(id: string, signal: AbortSignal): Promise<void> {
    let hasEnded = false;
    try {
      hasEnded = await this.#work(id, signal);
    } catch (error) {
      this.#options.failed(error);
    }
    if (!hasEnded) throw new Error('The job was left to others.');
  }

  async #work(id: string, signal: AbortSignal): Promise<boolean> {
    const { store, unserved } = this.#options;
    const job = await store.find(id);
    const kind = job && jobKindOf(job.operation);
    if (job && !kind && job.state !== 'CANCELLING') {
      unserved(job);
      return false;
    }
    const started = await store.start(id);
    if (!started) return true;
    if (started.job.state !== 'CANCELLING' && kind) {
      return new JobWork(started, kind, this.#options, signal).perform();
    }
    // Nothing of it is under way any more.
    await store.finish(started);
    return true;
  }
}
