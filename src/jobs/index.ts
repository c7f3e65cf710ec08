/** Bulk jobs: work of many rows that outlives the request that asks for it, its connection and its process. */
import { randomUUID } from 'node:crypto';
import { access, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { GraphQLInputObjectType } from 'graphql';
import type { Logger } from 'pino';
import { Principal } from '../auth/principal.ts';
import { JOBS_MANAGE, JOBS_READ } from '../auth/scopes.ts';
import { factsOfBug } from '../bug-facts.ts';
import type { OpenDatabase, SharedDatabase } from '../database/shared-database.ts';
import { ApiError, IdempotencyMismatchError, ProviderFailureError } from '../errors.ts';
import { fingerprint } from '../ledger/fingerprint.ts';
import { IdempotencyKeys } from '../ledger/index.ts';
import { inProgress } from '../ledger/keyed-change.ts';
import { Context, type Gateway } from '../schema/context.ts';
import type { RequestObserver } from '../schema/observer.ts';
import { Brakes, type BrakesConfig } from './brakes.ts';
import type { Dispatcher } from './dispatcher.ts';
import { writeExport } from './exported-rows.ts';
import { type JobKind, jobKindOf } from './job-kind.ts';
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

export interface JobsConfig extends BrakesConfig {
  /** How long an export is kept after its end. */
  readonly exportHours: number;
  /** How many rows a job may have. */
  readonly maxRows: number;
  /** How many jobs this process works on at a time. */
  readonly workers: number;
  /** How long a job is kept after its end. */
  readonly hours: number;
}

const SWEEP_MS = 60_000;

/** How long to wait before a database that was lost is tried again. */
const RECOVERY_PAUSE_MS = 2_000;

/** What ids of jobs look like. */
export const JOB_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A file beside the embedded database: some job there is not at its end, so that the next gateway opens it at once. */
const MARK = 'unfinished-jobs';

/** Rows of jobs that are kept have entries in the ledger; they can be tried again as long. */
const LEDGER_HOURS = 24 * 30;

/** Why an address leads to no results. */
export type NoResults = 'forged' | 'expired' | 'gone' | 'unfinished' | 'unavailable';

interface Engine {
  readonly store: JobStore;
  readonly dispatcher: Dispatcher;
  readonly secret: string;
}

export class Jobs {
  readonly #database: SharedDatabase;
  readonly #config: JobsConfig;
  readonly #gateway: () => Gateway;
  readonly #observers: () => readonly RequestObserver[];
  readonly #rowType: (name: string) => GraphQLInputObjectType;
  readonly #logger: Logger;
  readonly #keys: IdempotencyKeys;
  readonly #watch = new JobWatch(id => this.#look(id));
  /** What a job had come to when it was read: whoever asks about one answer is told of one moment. */
  readonly #progress = new WeakMap<JobRecord, Promise<Progress>>();
  readonly #engines = new WeakMap<OpenDatabase, Promise<Engine>>();
  #running: Engine | undefined;
  #isClosed = false;

  constructor(
    database: SharedDatabase,
    config: JobsConfig,
    {
      gateway,
      observers,
      rowType,
      logger,
    }: {
      readonly gateway: () => Gateway;
      readonly observers: () => readonly RequestObserver[];
      /** Finds the input type of rows by its name. */
      readonly rowType: (name: string) => GraphQLInputObjectType;
      readonly logger: Logger;
    },
  ) {
    this.#database = database;
    this.#config = config;
    this.#gateway = gateway;
    this.#observers = observers;
    this.#rowType = rowType;
    this.#logger = logger;
    this.#keys = new IdempotencyKeys(database, config.hours + LEDGER_HOURS);
  }

  /** How many rows a job may have. */
  get maxRows(): number {
    return this.#config.maxRows;
  }

  /** Goes on with what earlier processes left, if there may be something. */
  async resume(): Promise<void> {
    try {
      if (this.#config.workers === 0) return;
      if ('url' in this.#database.place || (await isThere(this.#mark))) await this.#engine();
    } catch (error) {
      this.#database.failed(error);
    }
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
    return this.#using(async ({ store, dispatcher, secret }) => {
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
        await this.#setMark();
        await store.received(
          id,
          isRefused ? 'INVALID' : dryRun && !('plan' in kind && kind.plan) ? 'PLANNED' : 'QUEUED',
        );
      } catch (error) {
        await store.discard(id);
        throw error;
      }
      const job = await this.#found(store, id);
      if (job.state === 'QUEUED') await dispatcher.send(job.id, job.run);
      return { job, isReplay: false };
    });
  }

  /** A job that the caller may see; undefined if there is none. */
  async find(id: string, context: Context): Promise<JobRecord | undefined> {
    if (!JOB_ID.test(id)) return undefined;
    return this.#using(async ({ store }) => visibleTo(context, await store.find(id)));
  }

  list(limit: number, before: string | undefined, context: Context): Promise<readonly JobRecord[]> {
    const caller = seesAll(context) ? undefined : context.principal.id;
    return this.#using(({ store }) => store.list(caller, limit, before));
  }

  rows(
    job: string,
    limit: number,
    options: { readonly after?: number; readonly states?: readonly RowState[] | undefined },
  ): Promise<readonly RowRecord[]> {
    return this.#using(({ store }) => store.rows(job, limit, options));
  }

  progress(job: JobRecord): Promise<Progress> {
    let progress = this.#progress.get(job);
    if (!progress) {
      progress = this.#using(({ store }) => store.progress(job.id));
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
    const job = await this.#using(({ store }) => store.find(id));
    return job && { job, progress: await this.progress(job) };
  }

  /** The address of the results of a job, for whoever is given it; null until it has ended. */
  resultsUrl({ id, state }: JobRecord, format: ResultsFormat): Promise<string | null> {
    if (!hasEnded(state)) return Promise.resolve(null);
    return this.#using(({ secret }) => Promise.resolve(resultsLink(id, format, secret)));
  }

  /** The results that an address stands for, in pieces of a file; or why there are none. */
  async results(link: ResultsLink): Promise<AsyncGenerator<string, void> | NoResults> {
    try {
      return await this.#using(async ({ store, secret }) => {
        const verdict = judgeLink(link, secret);
        if (verdict !== 'good') return verdict;
        const job = await store.find(link.job);
        if (!job) return 'gone';
        if (!hasEnded(job.state)) return 'unfinished';
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
    return this.#using(({ store }) => store.cancel(id));
  }

  /** Has the rows performed again that did not succeed; false when there are none. */
  retry(id: string): Promise<boolean> {
    return this.#using(async ({ store, dispatcher }) => {
      await this.#setMark();
      if (!(await store.retry(id))) return false;
      const job = await this.#found(store, id);
      await dispatcher.send(job.id, job.run);
      return true;
    });
  }

  /** Leaves the jobs that are under way here to others, or to the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const engine = this.#running;
    this.#running = undefined;
    await engine?.dispatcher.stop();
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

  async #using<Result>(act: (engine: Engine) => Promise<Result>): Promise<Result> {
    try {
      return await act(await this.#engine());
    } catch (error) {
      if (error instanceof ApiError) throw error;
      this.#database.failed(error);
      throw new ProviderFailureError({
        message: 'This gateway cannot use its database, which keeps the bulk jobs.',
        retryable: true,
        cause: error,
      });
    }
  }

  async #engine(): Promise<Engine> {
    const open = await this.#database.open();
    let engine = this.#engines.get(open);
    if (!engine) {
      engine = this.#start(open);
      engine.catch(() => this.#engines.delete(open));
      this.#engines.set(open, engine);
    }
    return engine;
  }

  async #start({ db, holder, secret, connectionString, signal }: OpenDatabase): Promise<Engine> {
    // Whoever has no jobs needs none of it.
    const [{ JobStore: Store }, { JobRunner }, { Dispatcher: Sender }] = await Promise.all([
      import('./job-store.ts'),
      import('./job-runner.ts'),
      import('./dispatcher.ts'),
    ]);
    const store = new Store(db, holder);
    const runner = new JobRunner({
      store,
      keys: this.#keys,
      contextFor: job => this.#contextFor(job),
      requestsPerSecond: kind => this.#requestsPerSecond(kind),
      brakes: new Brakes(this.#config),
      bug: (error, job) =>
        this.#logger.error({ job: job.id, bug: factsOfBug(error) }, 'A bug in a row of a job.'),
    });
    const failed = (error: unknown) => this.#database.failed(error);
    const dispatcher = new Sender({
      connectionString,
      workers: this.#config.workers,
      work: (job, end) => runner.run(job, end),
      failed,
    });
    await dispatcher.start();
    const tidy = async () => {
      await store.sweep(this.#config.hours, this.#config.exportHours);
      const unfinished = await store.unfinished();
      // What was queued by a process that died before it handed it out.
      for (const { id, run } of unfinished) await dispatcher.send(id, run);
      if (unfinished.length === 0) await rm(this.#mark, { force: true });
    };
    await tidy();
    const tidying = setInterval(() => void tidy().catch(failed), SWEEP_MS).unref();
    const engine = { store, dispatcher, secret };
    this.#running = engine;
    signal.addEventListener('abort', () => {
      clearInterval(tidying);
      if (this.#running !== engine) return;
      this.#running = undefined;
      void dispatcher.stop().catch(() => undefined);
      void this.#recover();
    });
    return engine;
  }

  /** Goes on with the jobs as soon as the database is there again. */
  async #recover(): Promise<void> {
    while (!this.#isClosed && this.#config.workers > 0) {
      await setTimeout(RECOVERY_PAUSE_MS, undefined, { ref: false });
      if (this.#isClosed) return;
      try {
        await this.#engine();
        return;
      } catch {
        // It is told by the database, with the first of these failures.
      }
    }
  }

  /** For calls in the name of who asked for a job. */
  #contextFor({ id, caller, authority, world, operation }: JobRecord): Context {
    const principal = new Principal({ id: caller, ...(authority as Principal['authority']) });
    const observation = { requestId: id, observers: this.#observers(), world: world ?? undefined };
    const context = new Context(this.#gateway(), principal, undefined, observation);
    context.mutation = operation;
    return context;
  }

  #requestsPerSecond({ operation }: JobKind): number | undefined {
    const provider = this.#gateway().connected.get(operation.provider);
    const quotas = operation.aws.flatMap(({ name }) => provider?.perSecond(name) ?? []);
    return quotas.length === 0 ? undefined : Math.min(...quotas);
  }

  get #mark(): string {
    const { place } = this.#database;
    return 'folder' in place ? path.resolve(place.folder, MARK) : '';
  }

  async #setMark(): Promise<void> {
    if (this.#mark !== '') await writeFile(this.#mark, '');
  }
}

/** A job shows itself to who asked for it, and to who may see those of others. */
function visibleTo(context: Context, job: JobRecord | undefined): JobRecord | undefined {
  return job && job.state !== 'RECEIVING' && (job.caller === context.principal.id || seesAll(context))
    ? job
    : undefined;
}

/** Who is limited to some resources is not shown what concerns others. */
function seesAll({ principal }: Context): boolean {
  return principal.allows(JOBS_READ) && !principal.isBounded;
}

export { hasEnded, JOBS_MANAGE, JOBS_READ };

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
