/** Bulk jobs: work of many rows that outlives the request that asks for it, its connection and its process. */
import { randomUUID } from 'node:crypto';
import type { GraphQLInputObjectType } from 'graphql';
import { JOBS_MANAGE, JOBS_READ } from '../auth/scopes.ts';
import type { SharedDatabase } from '../database/shared-database.ts';
import { IdempotencyMismatchError, ProviderFailureError } from '../errors.ts';
import { fingerprint } from '../ledger/fingerprint.ts';
import { inProgress } from '../ledger/keyed-change.ts';
import type { Context } from '../schema/context.ts';
import { type EngineConfig, type EngineSurroundings, JobEngine } from './engine.ts';
import { writeExport } from './exported-rows.ts';
import { jobKindOf } from './job-kind.ts';
import {
  hasEnded,
  type JobRecord,
  type JobStore,
  type Progress,
  type RowRecord,
  type RowState,
} from './job-store.ts';
import { type JobLook, JobWatch } from './job-watch.ts';
import { type JobRequest, receiveRows } from './receiving.ts';
import { writeResults } from './results.ts';
import { judgeLink, type ResultsFormat, type ResultsLink, resultsLink } from './results-link.ts';
import { stableUuid } from './stable-uuid.ts';

export type { JobRecord, Progress, RowRecord } from './job-store.ts';
export type { GivenRow, JobRequest } from './receiving.ts';

export interface JobsConfig extends EngineConfig {
  /** How many rows a job may have. */
  readonly maxRows: number;
}

export interface JobsSurroundings extends EngineSurroundings {
  /** Finds the input type of rows by its name. */
  readonly rowType: (name: string) => GraphQLInputObjectType;
}

/** What ids of jobs look like. */
export const JOB_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Why an address leads to no results. */
export type NoResults = 'forged' | 'expired' | 'gone' | 'unfinished' | 'unavailable';

export class Jobs {
  readonly #engine: JobEngine;
  /** How many rows a job may have. */
  readonly maxRows: number;
  readonly #rowType: JobsSurroundings['rowType'];
  readonly #watch = new JobWatch(id => this.#look(id));
  /** What a job had come to when it was read: whoever asks about one answer is told of one moment. */
  readonly #progress = new WeakMap<JobRecord, Promise<Progress>>();

  constructor(
    database: SharedDatabase,
    { maxRows, ...config }: JobsConfig,
    { rowType, ...surroundings }: JobsSurroundings,
  ) {
    this.#engine = new JobEngine(database, config, surroundings);
    this.maxRows = maxRows;
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
    return this.#engine.using(async ({ store, dispatcher, secret }) => {
      const { kind, key, input, options, dryRun } = request;
      const { principal, world } = context;
      const operation = kind.operation.name;
      const id =
        key === undefined
          ? randomUUID()
          : stableUuid(fingerprint(secret, [principal.id, world], operation, key));
      const inputHash = fingerprint(secret, input);
      const isNew = await store.create({
        id,
        operation,
        caller: principal.id,
        authority: principal.authority,
        world: world ?? null,
        inputHash,
        options,
        dryRun,
      });
      if (!isNew) return { job: await this.#known(store, id, inputHash), isReplay: true };
      try {
        const { count, invalid } = await receiveRows(store, id, request, context);
        const isRefused = invalid > 0 && (!request.skipInvalid || invalid === count);
        await this.#engine.markUnfinished();
        await store.received(
          id,
          isRefused ? 'INVALID' : dryRun && !('plan' in kind && kind.plan) ? 'PLANNED' : 'QUEUED',
        );
      } catch (error) {
        await store.discard(id);
        throw error;
      }
      const job = await this.#found(store, id);
      if (job.state === 'QUEUED') await dispatcher.send(job);
      return { job, isReplay: false };
    });
  }

  /** A job that the caller may see; undefined if there is none. */
  async find(id: string, context: Context): Promise<JobRecord | undefined> {
    if (!JOB_ID.test(id)) return undefined;
    return this.#engine.using(async ({ store }) => visibleTo(context, await store.find(id)));
  }

  list(limit: number, before: string | undefined, context: Context): Promise<readonly JobRecord[]> {
    const caller = seesAll(context) ? undefined : context.principal.id;
    return this.#engine.using(({ store }) => store.list(caller, limit, before));
  }

  rows(
    job: string,
    limit: number,
    options: { readonly after?: number; readonly states?: readonly RowState[] | undefined },
  ): Promise<readonly RowRecord[]> {
    return this.#engine.using(({ store }) => store.rows(job, limit, options));
  }

  progress(job: JobRecord): Promise<Progress> {
    let progress = this.#progress.get(job);
    if (!progress) {
      progress = this.#engine.using(({ store }) => store.progress(job.id));
      this.#progress.set(job, progress);
    }
    return progress;
  }

  /** A job that the caller may see, as it is now and as often as it has changed, until it ends; undefined if there is none. */
  async watch(id: string, context: Context): Promise<AsyncIterableIterator<JobRecord> | undefined> {
    const job = await this.find(id, context);
    return job && this.#watch.watch({ job, progress: await this.progress(job) });
  }

  async #look(id: string): Promise<JobLook | undefined> {
    const job = await this.#engine.using(({ store }) => store.find(id));
    return job && { job, progress: await this.progress(job) };
  }

  /** The address of the results of a job, for whoever is given it; null as long as there are none. */
  resultsUrl(job: JobRecord, format: ResultsFormat): Promise<string | null> {
    if (!hasResults(job)) return Promise.resolve(null);
    return this.#engine.using(({ secret }) => Promise.resolve(resultsLink(job.id, format, secret)));
  }

  /** The results that an address stands for, in pieces of a file; or why there are none. */
  async results(link: ResultsLink): Promise<AsyncGenerator<string, void> | NoResults> {
    try {
      return await this.#engine.using(async ({ store, secret }) => {
        const verdict = judgeLink(link, secret);
        if (verdict !== 'good') return verdict;
        const job = await store.find(link.job);
        if (!job) return 'gone';
        if (!hasResults(job)) return 'unfinished';
        const read = (limit: number, after: number) => this.rows(job.id, limit, { after });
        const kind = jobKindOf(job.operation);
        return kind && 'make' in kind
          ? writeExport(link.format, this.#rowType(kind.rowType), read, job.caller)
          : writeResults(link.format, read);
      });
    } catch (error) {
      if (error instanceof ProviderFailureError) return 'unavailable';
      throw error;
    }
  }

  /** Cancels a job: rows that are under way are performed, the others are not. False when it has ended. */
  cancel(id: string): Promise<boolean> {
    return this.#engine.using(({ store }) => store.cancel(id));
  }

  /** Has the rows performed again that did not succeed, and what failed as a whole; false when there is nothing of that. */
  retry(id: string): Promise<boolean> {
    return this.#engine.using(async ({ store, dispatcher }) => {
      await this.#engine.markUnfinished();
      if (!(await store.retry(id))) return false;
      const job = await this.#found(store, id);
      await dispatcher.send(job);
      return true;
    });
  }

  /** Leaves the jobs that are under way here to others, or to the next start. */
  close(): Promise<void> {
    return this.#engine.close();
  }

  async #known(store: JobStore, id: string, inputHash: Buffer): Promise<JobRecord> {
    const job = await this.#found(store, id);
    if (job.inputHash.equals(inputHash)) {
      if (job.state === 'RECEIVING') throw inProgress();
      return job;
    }
    throw new IdempotencyMismatchError({
      message:
        'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
    });
  }

  async #found(store: JobStore, id: string): Promise<JobRecord> {
    const job = await store.find(id);
    if (!job) throw new Error('The job is gone.');
    return job;
  }
}

/** A job shows itself to who asked for it, and to who may see those of others. */
function visibleTo(context: Context, job: JobRecord | undefined): JobRecord | undefined {
  return job && job.state !== 'RECEIVING' && (job.caller === context.principal.id || seesAll(context))
    ? job
    : undefined;
}

/** Part of an export would pass for the whole of it. */
function hasResults({ state, operation }: JobRecord): boolean {
  const kind = jobKindOf(operation);
  return kind && 'make' in kind ? state === 'COMPLETED' : hasEnded(state);
}

/** Who is limited to some resources is not shown what concerns others. */
function seesAll({ principal }: Context): boolean {
  return principal.allows(JOBS_READ) && !principal.isBounded;
}

export { hasEnded, JOBS_MANAGE, JOBS_READ };
