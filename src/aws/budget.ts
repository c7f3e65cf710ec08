/**
 * The requests that a quota of AWS's leaves room for, and those that wait for it: not longer than a bound, changes before
 * reads, and no principal at the cost of another.
 *
 * Of libraries, limiter and rate-limiter-flexible have one queue for all, and p-queue priorities, but none refuses at
 * once what would wait too long, is fair between callers, lets them leave, or tells what it is at.
 */

import { type Deadline, GivenUp, NotAdmitted, Overdue } from './failure.ts';
import { FairLine } from './fair-line.ts';
import type { Quota } from './models/quotas.ts';
import { type AnyPace, Pace } from './pace.ts';
import { SharedPace } from './shared-pace.ts';
import type { Caller } from './transport.ts';

export interface BudgetOptions {
  /** The longest wait; what would wait longer is refused at once. */
  readonly maxWaitMs: number;
  /** How many may wait. */
  readonly places: number;
  /** How many of these places one principal may hold, as a part of them. */
  readonly principalShare: number;
}

/** Who asks for a request. */
export interface Asking {
  /** When the answer is of no use any more. */
  readonly deadline?: Deadline | undefined;
  /** Whether it only reads. */
  readonly reads?: boolean | undefined;
  /** By whom requests are told apart; without one, all are the same caller's. */
  readonly principal?: string | undefined;
  /** Who waits for the answer: what was not sent yet when the caller leaves is dropped. */
  readonly caller?: Caller | undefined;
  /** Ends the wait for a turn. */
  readonly signal?: AbortSignal | undefined;
}

/** What a budget is at. */
export interface BudgetState {
  readonly name: string;
  /** The requests a second that it lets through at most. */
  readonly perSecond: number;
  /** How many of them it lets through at present: fewer for a while after AWS has throttled. */
  readonly atPresent: number;
  /** The requests of the last second. */
  readonly used: number;
  /** How many wait. */
  readonly queued: number;
}

/** So many changes go before the next, while reads wait too, is a read. */
const CHANGES_IN_A_ROW = 3;

interface Waiting {
  readonly principal: string;
  readonly asking: Asking;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  timer?: NodeJS.Timeout;
  leave?: () => void;
}

export class Budget {
  readonly quota: Quota;
  readonly #options: BudgetOptions;
  readonly #pace: AnyPace;
  readonly #changes = new FairLine<Waiting>();
  readonly #reads = new FairLine<Waiting>();
  #inARow = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param pace When requests may go; that of the quota, for this process alone, without it. */
  constructor(quota: Quota, options: BudgetOptions, pace: AnyPace = new Pace(quota)) {
    this.quota = quota;
    this.#options = options;
    this.#pace = pace;
    if (pace instanceof SharedPace) pace.changed = () => this.#reschedule();
  }

  get name(): string {
    return this.quota.name;
  }

  /**
   * Asks for one request.
   *
   * @returns undefined when it may go at once, else what resolves at its turn. It rejects when there will be none:
   * with NotAdmitted, or with GivenUp when nobody waits any more.
   */
  take(asking: Asking): Promise<void> | undefined {
    const now = performance.now();
    if (this.#queued === 0 && this.#pace.isFree(now)) {
      this.#pace.take(now);
      return undefined;
    }
    return this.#wait(asking, now);
  }

  /** AWS throttled a request of this budget, so that others must be using the quota, too. */
  throttled(): void {
    this.#pace.slowDown(performance.now());
  }

  /** Ends all waits. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const waiting of [...this.#changes, ...this.#reads]) this.#end(waiting, new GivenUp(false));
  }

  get state(): BudgetState {
    const now = performance.now();
    this.#sweep();
    const { name, perSecond } = this.quota;
    const atPresent = perSecond * this.#pace.share(now);
    return { name, perSecond, atPresent, used: this.#pace.used(now), queued: this.#queued };
  }

  get #queued(): number {
    return this.#changes.size + this.#reads.size;
  }

  async #wait(asking: Asking, now: number): Promise<void> {
    if (this.#stopped || asking.signal?.aborted || asking.caller?.destroyed) throw new GivenUp(false);
    let refusal = this.#refusal(asking, now);
    if (refusal && this.#sweep()) refusal = this.#refusal(asking, now);
    if (refusal) throw refusal;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { principal: principalOf(asking), asking, resolve, reject };
      const { maxWaitMs } = this.#options;
      const { deadline } = asking;
      waiting.timer =
        deadline && deadline.at < now + maxWaitMs
          ? setTimeout(() => this.#end(waiting, new Overdue(deadline)), Math.max(0, deadline.at - now))
          : setTimeout(() => this.#end(waiting, this.#tooLong(0)), maxWaitMs);
      waiting.leave = () => this.#end(waiting, new GivenUp(false));
      asking.signal?.addEventListener('abort', waiting.leave, { once: true });
      this.#lineOf(asking).add(waiting);
      this.#schedule();
    });
  }

  /** Why there is no place for one more, if there is none. */
  #refusal(asking: Asking, now: number): NotAdmitted | undefined {
    const { maxWaitMs, places, principalShare } = this.#options;
    const principal = principalOf(asking);
    const own = this.#changes.sizeOf(principal) + this.#reads.sizeOf(principal);
    const untilFree = Math.max(0, this.#pace.freeAt(now) - now);
    const waitMs = untilFree + this.#before(asking, principal) * this.#pace.intervalMs(now);
    // Others may have taken all places: the first of each is taken all the same.
    const isFirst = own === 0 && places > 0;
    const hasPlace = isFirst || (this.#queued < places && own < Math.ceil(places * principalShare));
    return hasPlace && waitMs <= maxWaitMs ? undefined : this.#tooLong(waitMs - maxWaitMs);
  }

  /** How many would come before one more. */
  #before({ reads }: Asking, principal: string): number {
    if (!reads) {
      const before = this.#changes.before(principal);
      return before + Math.min(this.#reads.size, Math.floor((before + this.#inARow) / CHANGES_IN_A_ROW));
    }
    const before = this.#reads.before(principal);
    return before + Math.min(this.#changes.size, (before + 1) * CHANGES_IN_A_ROW - this.#inARow);
  }

  #tooLong(excessMs: number): NotAdmitted {
    return new NotAdmitted('overBudget', Math.max(1, Math.ceil(excessMs / 1_000)));
  }

  /** Takes out who has left without a word. Whether there was anybody. */
  #sweep(): boolean {
    const gone = [...this.#changes, ...this.#reads].filter(({ asking }) => asking.caller?.destroyed);
    for (const waiting of gone) waiting.leave?.();
    return gone.length > 0;
  }

  #reschedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#queued === 0) return;
    const now = performance.now();
    if (this.#pace instanceof SharedPace) this.#pace.want(this.#queued, now);
    if (this.#timer || (this.#pace instanceof SharedPace && this.#pace.isAsking)) return;
    const delay = Math.max(1, Math.ceil(this.#pace.freeAt(now) - now));
    this.#timer = setTimeout(() => this.#admit(), delay);
  }

  /** Lets those go whose turn has come. */
  #admit(): void {
    this.#timer = undefined;
    for (;;) {
      const now = performance.now();
      if (this.#queued === 0 || !this.#pace.isFree(now)) break;
      const waiting = this.#next();
      if (waiting?.asking.caller?.destroyed) {
        this.#end(waiting, new GivenUp(false));
      } else if (waiting) {
        this.#pace.take(now);
        this.#end(waiting);
      }
    }
    this.#schedule();
  }

  #next(): Waiting | undefined {
    const isRead = this.#changes.size === 0 || (this.#reads.size > 0 && this.#inARow >= CHANGES_IN_A_ROW);
    this.#inARow = isRead ? 0 : this.#inARow + 1;
    return (isRead ? this.#reads : this.#changes).next();
  }

  /** Ends a wait, whether its place was taken out or not. */
  #end(waiting: Waiting, error?: Error): void {
    const { asking, timer, leave } = waiting;
    clearTimeout(timer);
    if (leave) asking.signal?.removeEventListener('abort', leave);
    this.#lineOf(asking).remove(waiting);
    if (error) waiting.reject(error);
    else waiting.resolve();
  }

  #lineOf({ reads }: Asking): FairLine<Waiting> {
    return reads ? this.#reads : this.#changes;
  }
}

function principalOf({ principal = '' }: Asking): string {
  return principal;
}
