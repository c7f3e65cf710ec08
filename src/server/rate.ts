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
    const wait = this.wait(caller, now);
    if (wait === 0) this.count(caller, now);
    return wait;
  }

  /** In how many milliseconds a request may come; it is not counted. */
  wait(caller: string, now: number): number {
    const evenly = this.#callers.get(caller)?.evenly ?? now;
    return Math.max(0, evenly - now - this.#aheadMs);
  }

  /** Counts a request that came; of those that came beside others, no more than may come at once. */
  count(caller: string, now: number): void {
    let schedule = this.#callers.get(caller);
    if (!schedule) {
      schedule = { evenly: now };
      this.#callers.set(caller, schedule);
    }
    const evenly = Math.max(schedule.evenly, now);
    schedule.evenly = Math.min(evenly, now + this.#aheadMs) + this.#intervalMs;
  }
}
