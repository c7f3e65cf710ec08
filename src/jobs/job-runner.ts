/** Works on jobs: plans and performs their rows, some at a time, until nothing is left or somebody cancels. */
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import { ApiError } from '../errors.ts';
import type { IdempotencyKeys } from '../ledger/index.ts';
import type { Context } from '../schema/context.ts';
import type { Brakes } from './brakes.ts';
import { type ExportKind, type ImportKind, type JobKind, jobKindOf } from './job-kind.ts';
import { JobRun } from './job-run.ts';
import type { JobRecord, JobStore, RowRecord, Started } from './job-store.ts';
import { repeatOf } from './named-rows.ts';
import { keptOf } from './row-error.ts';
import { performRow } from './row-performance.ts';

/** So many rows are read at a time. */
const ROWS_AT_A_TIME = 500;

/** How often a job is looked at, to see whether it was cancelled, or another process took it over. */
const LOOK_MS = 500;

/** A row waits for the next of its kind when the quota is used up: more of them at a time would only wait longer. */
const MIN_PARALLEL = 2;
const MAX_PARALLEL = 24;

export interface JobRunnerOptions {
  readonly store: JobStore;
  readonly keys: IdempotencyKeys;
  /** Makes a context for calls in a job's name. */
  readonly contextFor: (job: JobRecord) => Context;
  /** How many requests a second AWS takes for a job of a kind; undefined where nothing limits them. */
  readonly requestsPerSecond: (kind: JobKind) => number | undefined;
  readonly brakes: Brakes;
  readonly bug: (error: unknown, job: JobRecord) => void;
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
   * @throws Error when the job was left before its end.
   */
  async run(id: string, signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const started = await store.start(id);
    if (!started) return;
    const kind = jobKindOf(started.job.operation);
    if (!kind) throw new Error(`This gateway does not serve ${started.job.operation}.`);
    const work = new JobWork(started, kind, this.#options, signal);
    await work.perform();
  }
}

class JobWork {
  readonly #started: Started;
  readonly #kind: JobKind;
  readonly #options: JobRunnerOptions;
  /** Ends the waits: the job is left to others, or cancelled. */
  readonly #ending = new AbortController();
  readonly #run: JobRun;
  /** Whether it goes on being this process's job. */
  #isOurs = true;

  constructor(started: Started, kind: JobKind, options: JobRunnerOptions, signal: AbortSignal) {
    this.#started = started;
    this.#kind = kind;
    this.#options = options;
    const { job } = started;
    this.#run = new JobRun(
      { options: job.options as object, dryRun: job.dryRun, brakes: options.brakes },
      () => options.contextFor(job),
    );
    const leave = () => {
      this.#isOurs = false;
      this.#ending.abort();
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  }

  async perform(): Promise<void> {
    const { store } = this.#options;
    const { job } = this.#started;
    if (job.state === 'CANCELLING') this.#ending.abort();
    const watching = this.#watch();
    try {
      await ('make' in this.#kind ? this.#makeRows(this.#kind) : this.#doRows(this.#kind));
    } finally {
      this.#ending.abort();
      await watching;
    }
    if (!this.#isOurs) throw new Error('The job was left to others.');
    await store.finish(this.#started);
  }

  /** Makes the rows, those that another process made before anew. */
  async #makeRows({ make }: ExportKind): Promise<void> {
    const { store } = this.#options;
    await store.clear(this.#started);
    let count = 0;
    for await (const rows of make(this.#run)) {
      if (this.#ending.signal.aborted) return;
      await store.addMade(this.#started, count, rows);
      count += rows.length;
    }
  }

  async #doRows(kind: ImportKind): Promise<void> {
    const { store } = this.#options;
    const { job } = this.#started;
    const { plan, brake } = kind;
    if (plan) {
      const run = this.#run;
      await this.#forRows(row => (row.action === null ? this.#plan(row, plan) : undefined));
      if (this.#ending.signal.aborted) return;
      await store.failRepeats(this.#started, place => keptOf(repeatOf(place)));
      const going = (await store.progress(job.id)).counts.WAITING ?? 0;
      const reason = job.dryRun ? undefined : await brake?.(going, run);
      if (reason !== undefined) {
        await store.stop(this.#started, reason);
        return;
      }
    }
    if (!job.dryRun) await this.#forRows(row => this.#performRow(row, kind));
  }

  /** Does something for each row that waits, some at a time. */
  async #forRows(act: (row: RowRecord) => Promise<void> | undefined): Promise<void> {
    const { store, requestsPerSecond } = this.#options;
    const { job } = this.#started;
    const { signal } = this.#ending;
    const perSecond = requestsPerSecond(this.#kind) ?? MAX_PARALLEL;
    const limit = pLimit(Math.min(MAX_PARALLEL, Math.max(MIN_PARALLEL, Math.ceil(perSecond))));
    for (let after = -1; !signal.aborted; ) {
      const rows = await store.rows(job.id, ROWS_AT_A_TIME, { after, states: ['WAITING'] });
      const last = rows.at(-1);
      if (!last) return;
      await Promise.all(rows.map(row => limit(() => (signal.aborted ? undefined : act(row)))));
      after = last.position;
    }
  }

  async #plan(row: RowRecord, plan: NonNullable<ImportKind['plan']>): Promise<void> {
    const { store } = this.#options;
    try {
      const planned = await plan(row.input as object, this.#run);
      if (planned) await store.plan(this.#started, row.position, planned);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.#ending.signal.aborted) return;
      await store.settle(this.#started, row.position, { state: 'FAILED', error: keptOf(error) });
    }
  }

  async #performRow(row: RowRecord, kind: ImportKind): Promise<void> {
    const { store, keys, contextFor, bug } = this.#options;
    const { job } = this.#started;
    const performer = {
      kind,
      job,
      run: this.#run,
      keys,
      newContext: () => contextFor(job),
      bug: (error: unknown) => bug(error, job),
      signal: this.#ending.signal,
    };
    const outcome = await performRow(performer, row);
    if (outcome) await store.settle(this.#started, row.position, outcome);
  }

  /** Looks from time to time whether the job was cancelled, or taken over by others. */
  async #watch(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const state = await this.#options.store.stateOf(this.#started);
      if (state === 'RUNNING') continue;
      this.#isOurs = state === 'CANCELLING';
      this.#ending.abort();
    }
  }
}
