/**
 * When requests may go so that AWS need not throttle them: at most the quota in any second, whatever the second begins
 * with, and half of it at once, the rest evenly. After a throttle, because others use the same quota, it is slower.
 */
import type { Quota } from './models/quotas.ts';
import type { SharedPace } from './shared-pace.ts';

/** A second takes this much longer, for requests do not travel equally fast. */
const MARGIN = 1.01;

/** The share of a second's requests that may go at once after a pause. */
const BURST = 0.5;

/** The slowest that throttles make it, as a part of the quota. */
const SLOWEST = 1 / 8;

/** How long it takes to come back from nothing to the whole quota. */
const RECOVERY_MS = 20_000;

/** Throttles within this time are one event: the requests were under way together. */
const ONE_EVENT_MS = 1_000;

/** What says when requests may go. */
export type AnyPace = Pace | SharedPace;

export class Pace {
  /** The times of the latest requests, as many as a second may have, in a ring. */
  readonly #sent: Float64Array;
  readonly #windowMs: number;
  readonly #intervalMs: number;
  readonly #toleranceMs: number;
  #oldest = 0;
  /** When the next request would go if all went evenly. */
  #evenly = 0;
  #slowedTo = 1;
  #slowedAt = Number.NEGATIVE_INFINITY;

  constructor({ perSecond }: Pick<Quota, 'perSecond'>) {
    const size = Math.max(1, Math.floor(perSecond));
    this.#sent = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#windowMs = (MARGIN * 1_000 * size) / perSecond;
    this.#intervalMs = this.#windowMs / size;
    this.#toleranceMs = this.#intervalMs * (Math.ceil(size * BURST) - 1);
  }

  /** Whether a request may go now. */
  isFree(now: number): boolean {
    return this.freeAt(now) <= now;
  }

  /** From when on the next request may go; may lie in the past. Times are readings of `performance.now()`. */
  freeAt(now: number): number {
    const slowness = 1 / this.share(now);
    const oldest = this.#sent[this.#oldest] as number;
    return Math.max(oldest + this.#windowMs * slowness, this.#evenly - this.#toleranceMs);
  }

  /** Counts a request that goes now. */
  take(now: number): void {
    this.#sent[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#sent.length;
    this.#evenly = Math.max(this.#evenly, now) + this.intervalMs(now);
  }

  /** How long a request takes after another at present, if many wait. */
  intervalMs(now: number): number {
    return this.#intervalMs / this.share(now);
  }

  /** The part of the quota that it uses at present: after a throttle it grows back evenly. */
  share(now: number): number {
    return this.#slowedTo === 1
      ? 1
      : Math.min(1, this.#slowedTo + Math.max(0, now - this.#slowedAt) / RECOVERY_MS);
  }

  /** AWS throttled a request: there is half as much room as was thought. */
  slowDown(now: number): void {
    if (now - this.#slowedAt < ONE_EVENT_MS) return;
    this.#slowedTo = Math.max(SLOWEST, this.share(now) / 2);
    this.#slowedAt = now;
  }

  /** How many requests went within the last second. */
  used(now: number): number {
    return this.#sent.reduce((sum, time) => (now - time < 1_000 ? sum + 1 : sum), 0);
  }
}
