/** Hands jobs to the processes that share a database, by pg-boss: each to one, and to another when that one dies. */
import { PgBoss } from 'pg-boss';
import type { CallersJob } from './job-queries.ts';
import type { JobTurn } from './job-runner.ts';
import type { QueuedJob } from './job-store.ts';
import { stableUuid } from './stable-uuid.ts';
import { WorkerShares } from './worker-shares.ts';

const QUEUE = 'job';

/** Its tables have a schema of their own. */
const SCHEMA = 'vestibule_jobs';

/** How often the one who works on a job tells that it is alive, and how long without it until another goes on. */
const HEARTBEAT_SECONDS = 10;
const REFRESH_SECONDS = 3;

/** How often is looked for those that are dead, and for work. */
const MONITOR_SECONDS = 5;
const POLL_SECONDS = 1;

/** How long a job waits that was left to others: longer each time, for the database may be away, or nobody serve it. */
const LEFT_SECONDS = 1;
const MAX_LEFT_SECONDS = 30;

/** pg-boss begins those anew that take longer: such a job is gone on with. */
const EXPIRE_SECONDS = 80_000;

/** How long work that is interrupted may take to come to a pause. */
const PAUSE_MS = 20_000;

/** The priority of a job whose turn it is. */
const FIRST = 1;

/** Earlier versions sent the job alone. */
interface Message {
  readonly job: string;
  readonly run?: number;
  /** Stands for its caller. */
  readonly group?: string;
  /** Whether it has a worker that its caller has no right to as long as others wait. */
  readonly spare?: boolean;
}

/** How a job is handed out. */
interface Sending {
  /** Whether by a worker that its caller has no right to as long as others wait. */
  readonly spare?: boolean;
  readonly priority?: number;
}

/** A job as what it was queued. */
type JobInQueue = Pick<QueuedJob, 'id' | 'run'>;

export interface DispatcherOptions {
  readonly connectionString: string;
  /** How many jobs it works on at a time. */
  readonly workers: number;
  /** Works on a job, and gives it back if it is to be handed out again; it rejects when the job is not at its end. */
  readonly work: (turn: JobTurn) => Promise<QueuedJob | undefined>;
  /** The job of each caller that has waited longest. */
  readonly waiting: () => Promise<readonly CallersJob[]>;
  /** Queues a job anew that waits; undefined when it does not any more. */
  readonly hasten: (job: JobInQueue) => Promise<QueuedJob | undefined>;
  /** Is told of what went wrong. */
  readonly failed: (error: unknown) => void;
}

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  readonly #shares: WorkerShares;
  #sharing: NodeJS.Timeout | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#boss = new PgBoss({
      connectionString: options.connectionString,
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
    this.#shares = new WorkerShares(options.workers, {
      waiting: async () =>
        (await options.waiting()).map(({ served, since, ...job }) => ({
          job,
          group: groupOf(job),
          served,
          since,
        })),
      hasten: async job => {
        await this.#queueAnew(job, { spare: true });
      },
    });
  }

  async start(): Promise<void> {
    await this.#boss.start();
    await this.#boss.createQueue(QUEUE, {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: 1_000_000,
      retryDelay: LEFT_SECONDS,
      retryBackoff: true,
      retryDelayMax: MAX_LEFT_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      deleteAfterSeconds: 3_600,
    });
    const { workers } = this.#options;
    if (workers === 0) return;
    await this.#boss.work<Message>(
      QUEUE,
      {
        heartbeatRefreshSeconds: REFRESH_SECONDS,
        pollingIntervalSeconds: POLL_SECONDS,
        localConcurrency: workers,
        // However many jobs one caller has, there is a place for those of others.
        localGroupConcurrency: this.#shares.half,
      },
      async ([message]) => {
        if (message) await this.#work(message.data);
      },
    );
    this.#sharing = setInterval(
      () => void this.#shares.look().catch(this.#options.failed),
      POLL_SECONDS * 1_000,
    ).unref();
  }

  async #work({ job, run, group = '', spare = false }: Message): Promise<void> {
    const { giveBack, end } = this.#shares.begin(job, group, spare);
    try {
      if (run !== undefined && (await this.#leaveToFirst({ id: job, run }, group))) return;
      const again = await this.#options.work({ job, run, leave: this.#stopping.signal, giveBack });
      if (again) await this.send(again);
    } finally {
      end();
    }
  }

  /** Has the worker that has just begun with a job take another first, if that one's caller comes first. */
  async #leaveToFirst(job: JobInQueue, group: string): Promise<boolean> {
    const first = await this.#shares.firstBefore(group);
    if (!first || !(await this.#queueAnew(first, { priority: FIRST }))) return false;
    return this.#queueAnew(job, {});
  }

  /** Queues a job anew that waits, and tells whether it did. */
  async #queueAnew(job: JobInQueue, how: Sending): Promise<boolean> {
    const again = await this.#options.hasten(job);
    if (again) await this.send(again, how);
    return again !== undefined;
  }

  /** Has some process work on a job. The same run of a job is handed out once, however often this is called. */
  async send(job: QueuedJob, { spare = false, priority = 0 }: Sending = {}): Promise<void> {
    const { id, run } = job;
    const group = groupOf(job);
    const message: Message = { job: id, run, group, spare };
    // What is in no group is counted in none.
    await this.#boss.send(QUEUE, message, {
      id: stableUuid(`${id}/${run}`),
      priority,
      ...(!spare && { group: { id: group } }),
    });
  }

  /** Leaves the jobs to others that are under way here. */
  async stop(): Promise<void> {
    clearInterval(this.#sharing);
    this.#stopping.abort();
    await this.#boss.stop({ graceful: true, timeout: PAUSE_MS });
  }
}

function groupOf({ caller }: QueuedJob): string {
  return stableUuid(caller);
}
