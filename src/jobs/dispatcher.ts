/** Hands jobs to the processes that share a database, by pg-boss: each to one, and to another when that one dies. */
import { PgBoss } from 'pg-boss';
import { providerOf } from './job-kind.ts';
import type { QueuedJob } from './job-store.ts';
import { Lane, type LaneOptions } from './lane.ts';

/** Its tables have a schema of their own. */
const SCHEMA = 'vestibule_jobs';

/** How often is looked for those that are dead. */
const MONITOR_SECONDS = 5;

/** How long work that is interrupted may take to come to a pause. */
const PAUSE_MS = 20_000;

export interface DispatcherOptions extends LaneOptions {
  readonly connectionString: string;
  /** The ids of the providers whose jobs it works on. */
  readonly providers: readonly string[];
}

export class Dispatcher {
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  readonly #lanes: ReadonlyMap<string, Lane>;

  constructor({ connectionString, providers, ...options }: DispatcherOptions) {
    this.#boss = new PgBoss({
      connectionString,
      schema: SCHEMA,
      application_name: 'vestibule',
      max: 3,
      schedule: false,
      superviseIntervalSeconds: MONITOR_SECONDS,
      monitorIntervalSeconds: MONITOR_SECONDS,
      registerInstance: false,
      openTelemetry: { enabled: false },
    });
    this.#boss.on('error', options.failed);
    this.#lanes = new Map(
      providers.map(provider => [provider, new Lane(this.#boss, provider, options, this.#stopping.signal)]),
    );
  }

  async start(): Promise<void> {
    await this.#boss.start();
    for (const lane of this.#lanes.values()) await lane.start();
  }

  /** Has some process work on a job; false if this gateway does not serve its provider, so that others have to hand it out. */
  async send(job: QueuedJob): Promise<boolean> {
    const lane = this.#lanes.get(providerOf(job.operation) ?? '');
    await lane?.send(job);
    return lane !== undefined;
  }

  /** Leaves the jobs to others that are under way here. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#boss.stop({ graceful: true, timeout: PAUSE_MS });
  }
}
