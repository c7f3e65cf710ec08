/**
 * The pace of a quota that several processes share: the times at which requests may go are handed out by one place that
 * all of them ask, some at a time, evenly over each second. When that cannot be asked, each process keeps to a part of the
 * quota that was agreed upon before.
 */
import type { Quota } from './models/quotas.ts';
import { Pace } from './pace.ts';

/** Hands out times. */
export interface SlotSource {
  /**
   * Hands out times that follow one another at the pace of a quota, to this process alone.
   *
   * @returns How many milliseconds from now the first one is.
   */
  reserve(quota: Quota, count: number): Promise<number>;
}

/** How much of a second's requests are asked for at once. */
const PART = 0.25;

/** A second takes this much longer, for requests do not travel equally fast. */
const MARGIN = 1.01;

/** A time that nobody used so long is lost: late requests crowd those of others, here with four of a hundred at most. */
const STALE_MS = 40;

/** How long it is done without the source after it failed. */
const APART_MS = 5_000;

export class SharedPace {
  readonly #quota: Quota;
  readonly #source: SlotSource;
  /** What is kept to beside the times: after a throttle all go slower. */
  readonly #whole: Pace;
  readonly #own: Pace;
  readonly #intervalMs: number;
  #slots: number[] = [];
  /** The last one that was handed out to this process. */
  #latest = Number.NEGATIVE_INFINITY;
  #asking = false;
  /** Until when it is done without the source, a reading of `performance.now()`. */
  #apartUntil = Number.NEGATIVE_INFINITY;
  /** Is told that there are times again. */
  changed: () => void = () => undefined;

  /** @param replicas How many processes share the quota when they cannot ask. */
  constructor(quota: Quota, replicas: number, source: SlotSource) {
    this.#quota = quota;
    this.#source = source;
    this.#whole = new Pace(quota);
    this.#own = new Pace({ perSecond: quota.perSecond / replicas });
    this.#intervalMs = (MARGIN * 1_000) / quota.perSecond;
  }

  /** Whether a request may go now. */
  isFree(now: number): boolean {
    if (now < this.#apartUntil) return this.#own.isFree(now);
    this.#dropStale(now);
    return this.#slots.length > 0 && this.freeAt(now) <= now;
  }

  /** From when on the next request may go, as far as is known. */
  freeAt(now: number): number {
    if (now < this.#apartUntil) return this.#own.freeAt(now);
    // Others may have had more since, which only asking tells.
    const [next = Math.max(now, this.#latest + this.#intervalMs)] = this.#slots;
    return this.#whole.share(now) === 1 ? next : Math.max(next, this.#whole.freeAt(now));
  }

  /** Whether nothing is to be done until times have come: {@link changed} tells. */
  get isAsking(): boolean {
    return this.#asking && this.#slots.length === 0;
  }

  /** Counts a request that goes now. */
  take(now: number): void {
    this.#whole.take(now);
    this.#own.take(now);
    if (now >= this.#apartUntil) this.#slots.shift();
  }

  /** So many wait: asks for times. */
  want(waiting: number, now: number): void {
    const missing = Math.min(waiting, Math.ceil(this.#quota.perSecond * PART)) - this.#slots.length;
    if (missing <= 0 || this.#asking || now < this.#apartUntil) return;
    this.#asking = true;
    void this.#ask(missing);
  }

  intervalMs(now: number): number {
    return now < this.#apartUntil ? this.#own.intervalMs(now) : this.#intervalMs / this.#whole.share(now);
  }

  share(now: number): number {
    return this.#whole.share(now);
  }

  slowDown(now: number): void {
    this.#whole.slowDown(now);
    this.#own.slowDown(now);
  }

  used(now: number): number {
    return this.#whole.used(now);
  }

  async #ask(count: number): Promise<void> {
    try {
      const firstMs = await this.#source.reserve(this.#quota, count);
      const first = performance.now() + firstMs;
      for (let at = 0; at < count; at += 1) this.#slots.push(first + at * this.#intervalMs);
      this.#latest = first + (count - 1) * this.#intervalMs;
    } catch {
      // Who opens the source tells why.
      this.#slots = [];
      this.#apartUntil = performance.now() + APART_MS;
    } finally {
      this.#asking = false;
      this.changed();
    }
  }

  #dropStale(now: number): void {
    while ((this.#slots[0] ?? now) < now - STALE_MS) this.#slots.shift();
  }
}
