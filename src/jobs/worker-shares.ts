/**
 * Shares the workers of a process among callers: one has half of them by right. It has spare ones as well while nobody else
 * waits, and gives them back when somebody does.
 */
import type { QueuedJob } from './job-store.ts';

/** A job that waits, and what stands for its caller. */
export interface WaitingJob {
  readonly job: QueuedJob;
  readonly group: string;
}

export interface WorkerSharesOptions {
  /** The job of each caller that has waited longest. */
  readonly waiting: () => Promise<readonly WaitingJob[]>;
  /** Has a spare worker take a job. */
  readonly hasten: (job: QueuedJob) => Promise<void>;
}

/** A worker that has a job. */
interface Turn {
  readonly group: string;
  readonly spare: boolean;
  readonly giveBack: AbortController;
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
  begin(group: string, spare: boolean): { readonly giveBack: AbortSignal; readonly end: () => void } {
    const turn: Turn = { group, spare, giveBack: new AbortController() };
    this.#turns.add(turn);
    return { giveBack: turn.giveBack.signal, end: () => this.#turns.delete(turn) };
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
