/**
 * The workers that a process has for the jobs of one provider, with a queue of their own: whatever one provider does or
 * does not answer, the jobs of another have theirs.
 */
import type { PgBoss } from 'pg-boss';
import type { CallersJob } from './job-queries.ts';
import type { JobTurn } from './job-runner.ts';
import type { QueuedJob } from './job-store.ts';
import { stableUuid } from './stable-uuid.ts';
import { WorkerShares } from './worker-shares.ts';

/** How often the one who works on a job tells that it is alive, and how long without it until another goes on. */
const HEARTBEAT_SECONDS = 10;
const REFRESH_SECONDS = 3;

/** How often is looked for work. */
const POLL_SECONDS = 1;

/** How long a job waits that was left to others: longer each time, for the database may be away, or nobody serve it. */
const LEFT_SECONDS = 1;
const MAX_LEFT_SECONDS = 30;

/** pg-boss begins those anew that take longer: such a job is gone on with. */
const EXPIRE_SECONDS = 80_000;

/** The priority of a job whose turn it is. */
const FIRST = 1;

interface Message {
  readonly job: string;
  readonly run: number;
  /** Stands for its caller. */
  readonly group: string;
  /** Whether it has a worker that its caller has no right to as long as others wait. */
  readonly spare: boolean;
}

/** How a job is handed out. */
interface Sending {
  /** Whether by a worker that its caller has no right to as long as others wait. */
  readonly spare?: boolean;
  readonly priority?: number;
}

/** A job as what it was queued. */
type JobInQueue = Pick<QueuedJob, 'id' | 'run'>;

export interface LaneOptions {
  /** How many jobs of a provider it works on at a time. */
  readonly workers: number;
  /** Works on a job, and gives it back if it is to be handed out again; it rejects when the job is not at its end. */
  readonly work: (turn: JobTurn) => Promise<QueuedJob | undefined>;
  /** The job of each caller of a provider's that has waited longest. */
  readonly waiting: (provider: string) => Promise<readonly CallersJob[]>;
  /** Queues a job anew that waits; undefined when it does not any more. */
  readonly hasten: (job: JobInQueue) => Promise<QueuedJob | undefined>;
  /** Is told of what went wrong. */
  readonly failed: (error: unknown) => void;
}

export class Lane {
  readonly #boss: PgBoss;
  readonly #queue: string;
  readonly #options: LaneOptions;
  readonly #stopping: AbortSignal;
  readonly #shares: WorkerShares;

  /** @param stopping Has it leave the jobs to others that are under way here. */
  constructor(boss: PgBoss, provider: string, options: LaneOptions, stopping: AbortSignal) {
    this.#boss = boss;
    this.#queue = `job-${provider}`;
    this.#options = options;
    this.#stopping = stopping;
    this.#shares = new WorkerShares(options.workers, {
      waiting: async () =>
        (await options.waiting(provider)).map(({ workers, served, since, ...job }) => ({
          job,
          group: groupOf(job),
          workers,
          served,
          since,
        })),
      hasten: async job => {
        await this.#queueAnew(job, { spare: true });
      },
    });
  }

  async start(): Promise<void> {
    await this.#boss.createQueue(this.#queue, {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: 1_000_000,
      retryDelay: LEFT_SECONDS,
      retryBackoff: true,
      retryDelayMax: MAX_LEFT_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      deleteAfterSeconds: 3_600,
    });
    const { workers, failed } = this.#options;
    if (workers === 0) return;
    await this.#boss.work<Message>(
      this.#queue,
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
    const looking = setInterval(() => void this.#shares.look().catch(failed), POLL_SECONDS * 1_000).unref();
    this.#stopping.addEventListener('abort', () => clearInterval(looking));
  }

  async #work({ job, run, group, spare }: Message): Promise<void> {
    const { giveBack, end } = this.#shares.begin(job, group, spare);
    try {
      if (await this.#leaveToFirst({ id: job, run }, group)) return;
      const again = await this.#options.work({ job, run, leave: this.#stopping, giveBack });
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
    await this.#boss.send(this.#queue, message, {
      id: stableUuid(`${id}/${run}`),
      priority,
      ...(!spare && { group: { id: group } }),
    });
  }
}

function groupOf({ caller }: QueuedJob): string {
  return stableUuid(caller);
}
