/**
 * What works on jobs: it starts with the first that needs it, tidies up each minute, and starts anew when its database was
 * lost and is there again.
 */
import { access, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Principal } from '../auth/principal.ts';
import { factsOfBug } from '../bug-facts.ts';
import type { Asker } from '../database/callers.ts';
import { databaseFailure } from '../database/database-failure.ts';
import type { OpenDatabase, SharedDatabase } from '../database/shared-database.ts';
import { ApiError } from '../errors.ts';
import { IdempotencyKeys } from '../ledger/index.ts';
import { Context, type Gateway } from '../schema/context.ts';
import type { RequestObserver } from '../schema/observer.ts';
import { Brakes, type BrakesConfig } from './brakes.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type JobKind, jobOperations, jobProviders } from './job-kind.ts';
import type { JobQueries } from './job-queries.ts';
import type { JobRecord, JobStore } from './job-store.ts';

export interface EngineConfig extends BrakesConfig {
  /** How many jobs of each provider this process works on at a time. */
  readonly workers: number;
  /** How long a job is kept after its end. */
  readonly hours: number;
  /** How long an export is kept after its end. */
  readonly exportHours: number;
}

/** Whom it works for. */
export interface EngineSurroundings {
  readonly gateway: () => Gateway;
  readonly observers: () => readonly RequestObserver[];
  readonly logger: Logger;
}

/** What is there while the database is. */
export interface RunningEngine {
  readonly store: JobStore;
  readonly queries: JobQueries;
  /** Both for a request. */
  readonly forAsker: (asker: Asker) => Pick<RunningEngine, 'store' | 'queries'>;
  readonly dispatcher: Dispatcher;
  /** What links and fingerprints are made with. */
  readonly secret: string;
}

const SWEEP_MS = 60_000;

/** How long to wait before a database that was lost is tried again. */
const RECOVERY_PAUSE_MS = 2_000;

/** A file beside the embedded database: some job there is not at its end, so that the next gateway opens it at once. */
const MARK = 'unfinished-jobs';

/** Rows of jobs that are kept have entries in the ledger; they can be tried again as long. */
const LEDGER_HOURS = 24 * 30;

export class JobEngine {
  readonly #database: SharedDatabase;
  readonly #config: EngineConfig;
  readonly #surroundings: EngineSurroundings;
  readonly #keys: IdempotencyKeys;
  readonly #engines = new WeakMap<OpenDatabase, Promise<RunningEngine>>();
  #running: RunningEngine | undefined;
  #isClosed = false;

  constructor(database: SharedDatabase, config: EngineConfig, surroundings: EngineSurroundings) {
    this.#database = database;
    this.#config = config;
    this.#surroundings = surroundings;
    this.#keys = new IdempotencyKeys(database, config.hours + LEDGER_HOURS);
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
   * Does something with the engine, which is started if it does not run.
   *
   * @param asker The request that it is for; absent for the gateway's own work.
   * @throws ProviderFailureError when the database cannot be used.
   */
  async using<Result>(act: (engine: RunningEngine) => Promise<Result>, asker?: Asker): Promise<Result> {
    try {
      const engine = await this.#database.inTime(this.#engine());
      return await this.#database.inTime(act(asker ? { ...engine, ...engine.forAsker(asker) } : engine));
    } catch (error) {
      if (error instanceof ApiError) throw error;
      this.#database.failed(error);
      throw databaseFailure(error, 'keeps the bulk jobs');
    }
  }

  async #engine(): Promise<RunningEngine> {
    const open = await this.#database.open();
    let engine = this.#engines.get(open);
    if (!engine) {
      engine = this.#start(open);
      engine.catch(() => this.#engines.delete(open));
      this.#engines.set(open, engine);
    }
    return engine;
  }

  async #start({
    db,
    dbFor,
    holder,
    secret,
    connectionString,
    signal,
  }: OpenDatabase): Promise<RunningEngine> {
    // Whoever has no jobs needs none of it.
    const [{ JobStore: Store }, { JobQueries: Queries }, { JobRunner }, { Dispatcher: Sender }] =
      await Promise.all([
        import('./job-store.ts'),
        import('./job-queries.ts'),
        import('./job-runner.ts'),
        import('./dispatcher.ts'),
      ]);
    const { logger } = this.#surroundings;
    const failed = (error: unknown) => this.#database.failed(error);
    const store = new Store(db, holder);
    const queries = new Queries(db);
    const unserved = ({ id, operation }: Pick<JobRecord, 'id' | 'operation'>) =>
      logger.warn({ job: id, operation }, 'This gateway does not serve a job, and leaves it to others.');
    const runner = new JobRunner({
      store,
      queries,
      keys: this.#keys,
      contextFor: job => this.#contextFor(job),
      requestsPerSecond: kind => this.#requestsPerSecond(kind),
      brakes: new Brakes(this.#config),
      bug: (error, job) => logger.error({ job: job.id, bug: factsOfBug(error) }, 'A bug in a job.'),
      unserved,
      failed,
    });
    const dispatcher = new Sender({
      connectionString,
      providers: jobProviders(),
      workers: this.#config.workers,
      work: turn => runner.run(turn),
      waiting: provider => queries.waiting(jobOperations(provider)),
      hasten: job => store.hasten(job),
      failed,
    });
    const tidy = async () => {
      await store.sweep(this.#config.hours, this.#config.exportHours);
      const unfinished = await queries.unfinished();
      // What was queued by a process that died before it handed it out.
      for (const job of unfinished) {
        if (!(await dispatcher.send(job))) unserved(job);
      }
      if (unfinished.length === 0) await rm(this.#mark, { force: true });
    };
    try {
      await dispatcher.start();
      await tidy();
    } catch (error) {
      void dispatcher.stop().catch(() => undefined);
      throw error;
    }
    const tidying = setInterval(() => void tidy().catch(failed), SWEEP_MS).unref();
    const forAsker = (asker: Asker) => {
      const own = dbFor(asker);
      return { store: new Store(own, holder), queries: new Queries(own) };
    };
    const engine = { store, queries, forAsker, dispatcher, secret };
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

  /** For calls in the name of who asked for a job, or for it to be tried again. */
  #contextFor({ id, authority, world, operation }: JobRecord): Context {
    const principal = new Principal({ ...(authority as Principal['authority']) });
    const observation = {
      requestId: id,
      observers: this.#surroundings.observers(),
      world: world ?? undefined,
    };
    const context = new Context(this.#surroundings.gateway(), principal, undefined, observation);
    context.mutation = operation;
    return context;
  }

  #requestsPerSecond({ operation }: JobKind): number | undefined {
    const provider = this.#surroundings.gateway().connected.get(operation.provider);
    const quotas = operation.aws.flatMap(({ name }) => provider?.perSecond(name) ?? []);
    return quotas.length === 0 ? undefined : Math.min(...quotas);
  }

  get #mark(): string {
    const { place } = this.#database;
    return 'folder' in place ? path.resolve(place.folder, MARK) : '';
  }

  /** Has the next gateway on the folder know that there is a job that is not at its end. */
  async markUnfinished(): Promise<void> {
    if (this.#mark !== '') await writeFile(this.#mark, '');
  }

  /** Leaves the jobs that are under way here to others, or to the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const engine = this.#running;
    this.#running = undefined;
    await engine?.dispatcher.stop();
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
