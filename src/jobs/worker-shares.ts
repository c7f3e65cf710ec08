/**
 * Shares the workers of a process for a provider among callers: one has half of them by right. It has spare ones as well while
 * nobody else waits, and gives them back when somebody does. A worker that gets free goes to the caller who has the fewest of
 * all processes, and of those who have as many, to the one whose jobs began longest ago.
 */
import type { QueuedJob } from './job-store.ts';

/** A job that waits, and what stands for its caller. */
export interface WaitingJob {
  readonly job: QueuedJob;
  readonly group: string;
  /** How many jobs of the caller's are worked on, by whichever process. */
  readonly workers: number;
  /** When a job of the caller's began last; null if none has. */
  readonly served: Date | null;
  /** Since when the job waits. */
  readonly since: Date;
}

export interface WorkerSharesOptions {
  /** The job of each caller that has waited longest. */
  readonly waiting: () => Promise<readonly WaitingJob[]>;
  /** Has a spare worker take a job. */
  readonly hasten: (job: QueuedJob) => Promise<void>;
}

/** A worker that has a job. */
interface Turn {
  readonly job: string;
  readonly group: string;
  readonly spare: boolean;
  readonly giveBack: AbortController;
}

/** What decides which caller gets a worker. */
interface Rank {
  readonly workers: number;
  readonly served: number;
  readonly since: number;
}

export class WorkerShares {
  readonly #workers: number;
  readonly #options: WorkerSharesOptions;
  readonly #turns = new Set<Turn>();
  /** The jobs that waited when it was looked last: those that any worker may take do not wait as long as that. */
  #seen: ReadonlySet<string> = new Set();
  #isLooking = false;

  constructor(workers: number, options: WorkerSharesOptions) {
    this.#workers = workers;
    this.#options = options;
  }

  /** How many workers one caller has by right. */
  get half(): number {
    return Math.ceil(this.#workers / 2);
  }

  /** A worker begins with a job. */
  begin(
    job: string,
    group: string,
    spare: boolean,
  ): { readonly giveBack: AbortSignal; readonly end: () => void } {
    const turn: Turn = { job, group, spare, giveBack: new AbortController() };
    this.#turns.add(turn);
    return { giveBack: turn.giveBack.signal, end: () => this.#turns.delete(turn) };
  }

  /** Whose job comes before one that the last idle worker has just begun with; undefined when none does. */
  async firstBefore(group: string): Promise<QueuedJob | undefined> {
    if (this.#turns.size < this.#workers) return undefined;
    const waiting = await this.#options.waiting();
    const own = waiting.find(each => each.group === group);
    // What is gone on with, since its process died, waits no more.
    if (!own) return undefined;
    const inHand = new Set([...this.#turns].map(({ job }) => job));
    const rank = ({ group: of, workers, served, since }: WaitingJob): Rank => ({
      // Of those here, some may have just begun.
      workers: Math.max(workers, this.#countOf(of) - (of === group ? 1 : 0)),
      served: served?.getTime() ?? 0,
      since: since.getTime(),
    });
    const [first] = waiting
      .filter(({ job, group: of }) => of !== group && !inHand.has(job.id) && this.#countOf(of) < this.half)
      .toSorted((one, other) => compare(rank(one), rank(other)));
    return first && compare(rank(first), rank(own)) < 0 ? first.job : undefined;
  }

  /** Looks whether a worker is idle although somebody waits, or somebody has more than its half although others wait. */
  async look(): Promise<void> {
    if (this.#isLooking || !this.#mattersNow()) return;
    this.#isLooking = true;
    try {
      const all = await this.#options.waiting();
      const waiting = all.filter(({ job }) => this.#seen.has(nameOf(job)));
      this.#seen = new Set(all.map(({ job }) => nameOf(job)));
      const hasRight = ({ group }: WaitingJob) => this.#countOf(group) < this.half;
      if (this.#turns.size < this.#workers) {
        const [next] = waiting;
        if (next && !all.some(hasRight)) await this.#options.hasten(next.job);
      } else if (waiting.some(hasRight)) this.#takeBack();
    } finally {
      this.#isLooking = false;
    }
  }

  /** Where a worker is idle, only those wait who have their half; where none is, somebody may have more than that. */
  #mattersNow(): boolean {
    const least = this.#turns.size < this.#workers ? this.half : this.half + 1;
    return [...this.#turns].some(({ group }) => this.#countOf(group) >= least);
  }

  /** Has the newest job end its turn that has a spare worker, unless one does so already. */
  #takeBack(): void {
    const spare = [...this.#turns].filter(turn => turn.spare && this.#countOf(turn.group) > this.half);
    if (!spare.some(({ giveBack }) => giveBack.signal.aborted)) spare.at(-1)?.giveBack.abort();
  }

  #countOf(group: string): number {
    return [...this.#turns].filter(turn => turn.group === group).length;
  }
}

function nameOf({ id, run }: QueuedJob): string {
  return `${id}/${run}`;
}

/** Who comes first: who has fewer workers, then who was served longer ago, then who waits longer. */
function compare(one: Rank, other: Rank): number {
  return one.workers - other.workers || one.served - other.served || one.since - other.since;
}
