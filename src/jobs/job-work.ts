/** The work on one job: plans and performs its rows, some at a time, or makes them, until nothing is left or it ends otherwise. */
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import { ApiError, inTerms } from '../errors.ts';
import { unlessEnded } from '../unless-ended.ts';
import { isBug, OfKind, ofKind } from './job-breaks.ts';
import type { ExportKind, ImportKind, JobKind, MadeRow, Planned } from './job-kind.ts';
import type { WaitingRow } from './job-queries.ts';
import { JobRun } from './job-run.ts';
import type { JobRunnerOptions } from './job-runner.ts';
import type { RowOutcome, Started } from './job-store.ts';
import { repeatOf } from './named-rows.ts';
import { Patience, patiently } from './patience.ts';
import { keptOf, unforeseen } from './row-error.ts';
import { findOutRow, performRow, type RowPerformer, refusedOf } from './row-performance.ts';

/** So many rows are read at a time. */
const ROWS_AT_A_TIME = 500;

/** To find them takes a look at all rows. */
const REPEATS_AT_A_TIME = 5_000;

/** How often a job is looked at, to see whether it was cancelled, or another process took it over. */
const LOOK_MS = 500;

/** A row waits for the next of its kind when the quota is used up: more of them at a time would only wait longer. */
const MIN_PARALLEL = 2;
const MAX_PARALLEL = 24;

export class JobWork {
  readonly #started: Started;
  readonly #kind: JobKind;
  readonly #options: JobRunnerOptions;
  /** Ends the waits: the job is left to others, cancelled, or cannot go on. */
  readonly #ending = new AbortController();
  /** The job is left to others. */
  readonly #leaving = new AbortController();
  readonly #run: JobRun;
  /** What the job fails of. */
  #failure: ApiError | undefined;

  constructor(started: Started, kind: JobKind, options: JobRunnerOptions, signal: AbortSignal) {
    this.#started = started;
    this.#kind = kind;
    this.#options = options;
    const { job } = started;
    this.#run = new JobRun(
      { options: job.options as object, dryRun: job.dryRun, brakes: options.brakes },
      () => options.contextFor(job),
    );
    if (signal.aborted) this.#leave();
    else signal.addEventListener('abort', () => this.#leave(), { once: true });
  }

  /** Works on the job until it has ended; false when it was left to others. */
  async perform(): Promise<boolean> {
    const { store } = this.#options;
    const kind = this.#kind;
    const watching = this.#watch();
    await this.#unlessBroken(() => {
      if (this.#started.job.state === 'CANCELLING') return undefined;
      return 'make' in kind ? this.#makeRows(kind) : this.#doRows(kind);
    });
    this.#ending.abort();
    await watching;
    if (!('make' in kind || this.#failure)) {
      await this.#unlessBroken(() => this.#findOut(kind, this.#leaving.signal));
    }
    if (!this.#isOurs) return false;
    if (this.#failure) await store.fail(this.#started, keptOf(this.#failure));
    else await store.finish(this.#started);
    return true;
  }

  get #isOurs(): boolean {
    return !this.#leaving.signal.aborted;
  }

  /** Makes the rows, those that were made before anew. */
  async #makeRows(kind: ExportKind): Promise<void> {
    const { store } = this.#options;
    const { signal } = this.#ending;
    const patience = new Patience(signal);
    let furthest = 0;
    while (!signal.aborted) {
      await store.clear(this.#started);
      let count = 0;
      try {
        for await (const rows of this.#made(kind)) {
          await store.addMade(this.#started, count, rows);
          count += rows.length;
          if (count > furthest) patience.renew();
          furthest = Math.max(furthest, count);
        }
        return;
      } catch (error) {
        if (!(error instanceof OfKind) || !(await patience.outlasts(error.cause))) throw error;
      }
    }
  }

  /** What a kind makes; it is not waited for any more when the waits are ended. */
  async *#made({ make }: ExportKind): AsyncGenerator<readonly MadeRow[]> {
    const { signal } = this.#ending;
    const pages = make(this.#run)[Symbol.asyncIterator]();
    while (!signal.aborted) {
      const page = await ofKind(unlessEnded(pages.next(), signal));
      if (!page || page.done) return;
      yield page.value;
    }
  }

  async #doRows(kind: ImportKind): Promise<void> {
    const { plan } = kind;
    if (plan) {
      const ofRow = (row: object, begun: boolean) =>
        inTerms(plan(row, this.#run, begun), kind.moves?.(row) ?? []);
      const { signal } = this.#ending;
      await this.#forRows(row => (row.action === null ? this.#plan(row, ofRow) : undefined), signal);
      await this.#failRepeats(kind);
      if (signal.aborted || !(await this.#passesBrake(kind))) return;
    }
    if (!this.#started.job.dryRun) {
      await this.#forRows(row => this.#perform(row, kind), this.#ending.signal);
    }
  }

  /** Of rows that are about the same, however they name it, one is left. */
  async #failRepeats({ identity }: ImportKind): Promise<void> {
    const { store, queries } = this.#options;
    while (!this.#ending.signal.aborted) {
      const repeats = await queries.repeats(this.#started.job.id, REPEATS_AT_A_TIME);
      if (repeats.length === 0) return;
      const failed = repeats.map(({ position, input, place }) => ({
        position,
        error: keptOf(repeatOf(identity(input as object), place)),
      }));
      await store.failRepeats(this.#started, failed);
    }
  }

  /** Whether the rows may be performed that wait. What a brake let pass once, it lets pass when the job goes on. */
  async #passesBrake(kind: ImportKind): Promise<boolean> {
    const { brake } = kind;
    const { store, queries } = this.#options;
    const { job } = this.#started;
    const { signal } = this.#ending;
    if (!brake || job.dryRun) return true;
    const count = async () => {
      const { WAITING = 0, SUCCEEDED = 0, UNKNOWN = 0 } = (await queries.progress(job.id)).counts;
      return { waiting: WAITING, settled: SUCCEEDED + UNKNOWN, total: SUCCEEDED + UNKNOWN + WAITING };
    };
    if ((await count()).total <= (job.letPass ?? 0)) return true;
    await this.#findOut(kind, signal);
    const { waiting, settled, total } = await count();
    if (waiting === 0) return true;
    const begun = await queries.countBegun(job.id);
    // What is left of those is to be found out.
    if (begun === waiting) return true;
    const done = settled + begun;
    const ask = () => unlessEnded(brake({ total, done }, this.#run), signal);
    const reason = await ofKind(patiently(ask, signal));
    if (signal.aborted) return false;
    if (reason === undefined) await store.letPass(this.#started, total);
    else await store.stop(this.#started, reason);
    return reason === undefined;
  }

  /** Does something for each row that waits, some at a time; it ends when none of them is under way any more. */
  async #forRows(
    act: (row: WaitingRow) => Promise<void> | undefined,
    signal: AbortSignal,
    which: 'all' | 'begun' = 'all',
  ): Promise<void> {
    const { queries, requestsPerSecond } = this.#options;
    const { job } = this.#started;
    const perSecond = requestsPerSecond(this.#kind) ?? MAX_PARALLEL;
    const limit = pLimit(Math.min(MAX_PARALLEL, Math.max(MIN_PARALLEL, Math.ceil(perSecond))));
    for (let after = -1; !signal.aborted; ) {
      const rows = await queries.waitingRows(job.id, ROWS_AT_A_TIME, after, which);
      const last = rows.at(-1);
      if (!last) return;
      const begin = (row: WaitingRow) => (signal.aborted ? undefined : this.#unlessBroken(() => act(row)));
      await Promise.all(rows.map(row => limit(() => begin(row))));
      after = last.position;
    }
  }

  async #plan(
    row: WaitingRow,
    plan: (row: object, begun: boolean) => Promise<Planned | undefined>,
  ): Promise<void> {
    const { store } = this.#options;
    const { signal } = this.#ending;
    try {
      const look = () => unlessEnded(plan(row.input as object, row.begun), signal);
      const planned = await ofKind(patiently(look, signal));
      if (planned) await store.plan(this.#started, row.position, planned);
    } catch (error) {
      if (!(error instanceof OfKind)) throw error;
      await this.#settle(row, refusedOf(this.#known(error.cause)));
    }
  }

  async #perform(row: WaitingRow, kind: ImportKind): Promise<void> {
    const outcome = await performRow(this.#performer(kind, this.#ending.signal), row);
    if (outcome) await this.#settle(row, outcome);
  }

  /** Finds out what became of rows that were begun, and sends nothing more of them. */
  async #findOut(kind: ImportKind, signal: AbortSignal): Promise<void> {
    const performer = this.#performer(kind, signal);
    const look = async (row: WaitingRow) => {
      const outcome = await findOutRow(performer, row);
      if (outcome) await this.#settle(row, outcome);
    };
    await this.#forRows(look, signal, 'begun');
  }

  #performer(kind: ImportKind, signal: AbortSignal): RowPerformer {
    const { keys, contextFor, bug } = this.#options;
    const { job } = this.#started;
    return {
      kind,
      started: this.#started,
      run: this.#run,
      keys,
      newContext: () => contextFor(job),
      bug: error => bug(error, job),
      signal,
    };
  }

  /** What did not succeed because the job was left is found out by who goes on with it. */
  async #settle({ position }: WaitingRow, outcome: RowOutcome): Promise<void> {
    if (this.#isOurs || outcome.state === 'SUCCEEDED') {
      await this.#options.store.settle(this.#started, position, outcome);
    }
  }

  /** Looks from time to time whether the job was cancelled, or taken over by others. */
  async #watch(): Promise<void> {
    const { signal } = this.#ending;
    await this.#unlessBroken(async () => {
      while (!signal.aborted) {
        await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        const state = await this.#options.store.stateOf(this.#started);
        if (state === 'RUNNING') continue;
        if (state === 'CANCELLING') this.#ending.abort();
        else this.#leave();
      }
    });
  }

  /** Does something of the work. What it throws ends the work, and what else is under way comes to its end. */
  async #unlessBroken(act: () => Promise<void> | undefined): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof OfKind) this.#failure ??= this.#known(error.cause);
      else if (isBug(error)) this.#failure ??= this.#known(error);
      else this.#leave(error);
      this.#ending.abort();
    }
  }

  /** The error in words for callers; those that nobody foresaw are told to the operator. */
  #known(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    this.#options.bug(error, this.#started.job);
    return unforeseen(false);
  }

  /** @param error Of the database, if that is why. */
  #leave(error?: unknown): void {
    if (error !== undefined && this.#isOurs) this.#options.failed(error);
    this.#leaving.abort();
    this.#ending.abort();
  }
}
