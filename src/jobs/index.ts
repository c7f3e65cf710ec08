/** Bulk jobs: work of many rows that outlives the request that asks for it, its connection and its process. */
import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import type { GraphQLInputObjectType } from 'graphql';
import { JOBS_MANAGE, JOBS_READ } from '../auth/scopes.ts';
import type { Asker } from '../database/callers.ts';
import type { SharedDatabase } from '../database/shared-database.ts';
import { IdempotencyMismatchError, ProviderFailureError } from '../errors.ts';
import { fingerprint } from '../ledger/fingerprint.ts';
import { inProgress } from '../ledger/keyed-change.ts';
import type { Context } from '../schema/context.ts';
import { aboutOf } from './about.ts';
import { hasEnded } from './ended.ts';
import { type EngineConfig, type EngineSurroundings, JobEngine } from './engine.ts';
import { writeExport } from './exported-rows.ts';
import { jobKindOf } from './job-kind.ts';
import type { JobQueries, Kept, Progress } from './job-queries.ts';
import type { JobRecord, NewJob, RowRecord, RowState } from './job-store.ts';
import { type JobLook, JobWatch } from './job-watch.ts';
import { checkKept, type KeptLimits } from './kept-limits.ts';
import { ManyRows } from './many-rows.ts';
import { type JobRequest, receiveRows } from './receiving.ts';
import { writeResults } from './results.ts';
import { judgeLink, type ResultsFormat, type ResultsLink, resultsLink } from './results-link.ts';
import { stableUuid } from './stable-uuid.ts';
import { shownTo, viewerOf } from './visibility.ts';

export type { Progress } from './job-queries.ts';
export type { JobRecord, RowRecord } from './job-store.ts';
export type { GivenRow, JobRequest } from './receiving.ts';

export interface JobsConfig extends EngineConfig, KeptLimits {
  /** How many rows a job may have. */
  readonly maxRows: number;
}

export interface JobsSurroundings extends EngineSurroundings {
  /** Finds the input type of rows by its name. */
  readonly rowType: (name: string) => GraphQLInputObjectType;
}

/** So many jobs are read, or counted, by one statement. */
const READ_TOGETHER = 25;

const together = { cache: false, maxBatchSize: READ_TOGETHER };

type JobLoader = DataLoader<string, JobRecord | undefined>;
type ProgressLoader = DataLoader<string, Progress>;

/** For what is read of jobs that somebody watches, and of those whose results somebody downloads. */
const watching: Asker = { principal: { id: 'whoever watches a job' } };
const downloading: Asker = { principal: { id: 'whoever downloads results' } };

/** What ids of jobs look like. */
export const JOB_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Why an address leads to no results. */
export type NoResults = 'forged' | 'expired' | 'gone' | 'unfinished' | 'unavailable';

export class Jobs {
  readonly #database: SharedDatabase;
  readonly #engine: JobEngine;
  /** How many rows a job may have. */
  readonly maxRows: number;
  readonly #keptLimits: KeptLimits;
  readonly #manyRows: ManyRows;
  readonly #rowType: JobsSurroundings['rowType'];
  readonly #watch = new JobWatch(id => this.#look(id));
  /** What each request asks about several jobs at a time is read together, as far as it may see them. */
  readonly #visible = new WeakMap<Context, JobLoader>();
  readonly #watched: JobLoader = new DataLoader(
    ids => this.#engine.using(({ queries }) => queries.findEach(ids), watching),
    together,
  );
  readonly #counted = new WeakMap<Asker, ProgressLoader>();
  /** What a job had come to when it was read: whoever asks about one answer is told of one moment. */
  readonly #progress = new WeakMap<JobRecord, Promise<Progress>>();

  constructor(
    database: SharedDatabase,
    { maxRows, maxCallerJobs, maxCallerRows, ...config }: JobsConfig,
    { rowType, ...surroundings }: JobsSurroundings,
  ) {
    this.#database = database;
    this.#engine = new JobEngine(database, config, surroundings);
    this.maxRows = maxRows;
    this.#keptLimits = { maxCallerJobs, maxCallerRows };
    this.#manyRows = new ManyRows(maxRows);
    this.#rowType = rowType;
  }

  /** Goes on with what earlier processes left, if there may be something. */
  resume(): Promise<void> {
    return this.#engine.resume();
  }

  /**
   * Takes a job in: all its rows are checked first, and nothing is called.
   *
   * @returns The job, and whether it was asked for before under the same key.
   */
  submit(
    request: JobRequest,
    context: Context,
  ): Promise<{ readonly job: JobRecord; readonly isReplay: boolean }> {
    return this.#engine.using(async ({ store, queries, dispatcher, secret }) => {
      const { kind, key, input, options, scopes, dryRun } = request;
      const { principal, world } = context;
      const operation = kind.operation.name;
      const id =
        key === undefined
          ? randomUUID()
          : stableUuid(fingerprint(secret, [principal.id, world], operation, key));
      const inputHash = fingerprint(secret, input);
      const check = (kept: Kept) => checkKept(kept, this.#keptLimits);
      const job: NewJob = {
        id,
        operation,
        caller: principal.id,
        authority: principal.authority,
        scopes: [...scopes],
        about: [...aboutOf(kind, options)],
        bounds: principal.bounds ? [...principal.bounds] : null,
        world: world ?? null,
        inputHash,
        options,
        dryRun,
      };
      const isNew = await store.create(job, check);
      if (!isNew) return { job: await this.#known(queries, id, inputHash, context), isReplay: true };
      try {
        const { count, invalid, ...taken } = await receiveRows(
          { store, manyRows: this.#manyRows },
          id,
          request,
          context,
        );
        const isRefused = invalid > 0 && (!request.skipInvalid || invalid === count);
        await this.#engine.markUnfinished();
        await store.received(
          job,
          isRefused ? 'INVALID' : dryRun && !('plan' in kind && kind.plan) ? 'PLANNED' : 'QUEUED',
          taken.scopes,
          check,
        );
      } catch (error) {
        await store.discard(id);
        throw error;
      }
      const received = await this.#found(queries, id);
      if (received.state === 'QUEUED') await dispatcher.send(received);
      return { job: received, isReplay: false };
    }, context);
  }

  /**
   * A job that the caller may see; undefined if there is none.
   *
   * @throws AccessDeniedError when it is the caller's own, and the token lacks what it takes.
   */
  async find(id: string, context: Context): Promise<JobRecord | undefined> {
    if (!JOB_ID.test(id)) return undefined;
    return this.#jobsFor(context).load(id);
  }

  list(limit: number, before: string | undefined, context: Context): Promise<readonly JobRecord[]> {
    return this.#engine.using(({ queries }) => queries.list(viewerOf(context), limit, before), context);
  }

  rows(
    job: string,
    limit: number,
    options: { readonly after?: number; readonly states?: readonly RowState[] | undefined },
    asker: Asker,
  ): Promise<readonly RowRecord[]> {
    return this.#engine.using(({ queries }) => queries.rows(job, limit, options), asker);
  }

  progress(job: JobRecord, asker: Asker): Promise<Progress> {
    let progress = this.#progress.get(job);
    if (!progress) {
      progress = this.#progressFor(asker).load(job.id);
      this.#progress.set(job, progress);
    }
    return progress;
  }

  /** A job that the caller may see, as it is now and as often as it has changed, until it ends; undefined if there is none. */
  async watch(id: string, context: Context): Promise<AsyncIterableIterator<JobRecord> | undefined> {
    const job = await this.find(id, context);
    return job && this.#watch.watch({ job, progress: await this.progress(job, context) });
  }

  async #look(id: string): Promise<JobLook | undefined> {
    const job = await this.#watched.load(id);
    return job && { job, progress: await this.progress(job, watching) };
  }

  #jobsFor(context: Context): JobLoader {
    let loader = this.#visible.get(context);
    if (!loader) {
      const viewer = viewerOf(context);
      loader = new DataLoader<string, JobRecord | undefined>(async ids => {
        const found = await this.#engine.using(({ queries }) => queries.lookAtEach(ids, viewer), context);
        return found.map(each => each && shownTo(context, each));
      }, together);
      this.#visible.set(context, loader);
    }
    return loader;
  }

  #progressFor(asker: Asker): ProgressLoader {
    let loader = this.#counted.get(asker);
    if (!loader) {
      loader = new DataLoader(
        ids => this.#engine.using(({ queries }) => queries.progressOfEach(ids), asker),
        together,
      );
      this.#counted.set(asker, loader);
    }
    return loader;
  }

  /** The address of the results of a job, for whoever is given it; null as long as there are none. */
  resultsUrl(job: JobRecord, format: ResultsFormat, { principal }: Context): Promise<string | null> {
    if (!hasResults(job)) return Promise.resolve(null);
    return this.#engine.using(({ secret }) =>
      Promise.resolve(resultsLink(job.id, format, principal.id, secret)),
    );
  }

  /** The results that an address stands for, in pieces of a file; or why there are none. */
  async results(link: ResultsLink): Promise<AsyncGenerator<string, void> | NoResults> {
    const verdict = await judgeLink(link, () => this.#database.secret());
    if (verdict !== 'good') return verdict;
    try {
      return await this.#engine.using(async ({ queries }) => {
        const job = await queries.find(link.job);
        if (!job) return 'gone';
        if (!hasResults(job)) return 'unfinished';
        const asker = { principal: { id: job.caller } };
        const kind = jobKindOf(job.operation);
        if (!(kind && 'make' in kind)) {
          return writeResults(link.format, (limit, after) =>
            this.#engine.using(store => store.queries.someRows(job.id, limit, after), asker),
          );
        }
        const read = (limit: number, after: number) =>
          this.#engine.using(store => store.queries.someInputs(job.id, limit, after), asker);
        return writeExport(link.format, this.#rowType(kind.rowType), read, job.caller);
      }, downloading);
    } catch (error) {
      if (error instanceof ProviderFailureError) return 'unavailable';
      throw error;
    }
  }

  /** Cancels a job: rows that are under way are performed, the others are not. False when it has ended. */
  cancel(id: string, context: Context): Promise<boolean> {
    return this.#engine.using(({ store }) => store.cancel(id), context);
  }

  /**
   * Has the rows performed again, in the caller's name, that did not succeed, and what failed as a whole; false when there is
   * nothing of that.
   */
  retry(id: string, context: Context): Promise<boolean> {
    return this.#engine.using(async ({ store, queries, dispatcher }) => {
      await this.#engine.markUnfinished();
      if (!(await store.retry(id, context.principal.authority))) return false;
      const job = await this.#found(queries, id);
      await dispatcher.send(job);
      return true;
    }, context);
  }

  /** Leaves the jobs that are under way here to others, or to the next start. */
  close(): Promise<void> {
    return this.#engine.close();
  }

  async #known(queries: JobQueries, id: string, inputHash: Buffer, context: Context): Promise<JobRecord> {
    const job = await this.#found(queries, id);
    if (job.inputHash.equals(inputHash)) {
      if (job.state === 'RECEIVING') throw inProgress();
      await this.find(id, context);
      return job;
    }
    throw new IdempotencyMismatchError({
      message:
        'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
    });
  }

  async #found(queries: JobQueries, id: string): Promise<JobRecord> {
    const job = await queries.find(id);
    if (!job) throw new Error('The job is gone.');
    return job;
  }
}

/** Part of an export would pass for the whole of it. */
function hasResults({ state, operation }: JobRecord): boolean {
  const kind = jobKindOf(operation);
  return kind && 'make' in kind ? state === 'COMPLETED' : hasEnded(state);
}

export { hasEnded, JOBS_MANAGE, JOBS_READ };
