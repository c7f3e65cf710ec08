/** How often each of many callers may do something. */
import { LRUCache } from 'lru-cache';

/** A number of requests in a time. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/** Whoever has not come for longest is forgotten, and then counts as new. */
const MAX_CALLERS = 20_000;

/** When a caller's requests so far would have come, had they come evenly: a reading of the clock, in milliseconds. */
interface Schedule {
  evenly: number;
}

/**
 * Keeps callers to a rate by the generic cell rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm):
 * a number for each caller, and no timer.
 */
export class RateLimiter {
  readonly #intervalMs: number;
  readonly #aheadMs: number;
  readonly #callers = new LRUCache<string, Schedule>({ max: MAX_CALLERS });

  /** @param burst How many requests may come at once, after a pause. */
  constructor({ requests, seconds }: Rate, burst: number) {
    this.#intervalMs = (1_000 * seconds) / requests;
    this.#aheadMs = (burst - 1) * this.#intervalMs;
  }

  /**
   * Counts a request, if it may come now.
   *
   * @param now A reading of `performance.now()`.
   * @returns In how many milliseconds it may come; 0 when it was counted.
   */
  take(caller: string, now: number): number {
    let schedule = this.#callers.get(caller);
    if (!schedule) {
      schedule = { evenly: now };
      this.#callers.set(caller, schedule);
    }
    const evenly = Math.max(schedule.evenly, now);
    const wait = evenly - now - this.#aheadMs;
    if (wait > 0) return wait;
    schedule.evenly = evenly + this.#intervalMs;
    return 0;
  }

  /** Takes back one that was counted. */
  giveBack(caller: string): void {
    const schedule = this.#callers.peek(caller);
    if (schedule) schedule.evenly -= this.#intervalMs;
  }
}
