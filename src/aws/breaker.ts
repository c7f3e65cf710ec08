/**
 * Stops calling a service that does not answer, and finds out when it does again.
 *
 * Of libraries, cockatiel's breaker would cost half a microsecond a call, which is fine. But while one call tries whether
 * the service is back, it has all others wait for that answer, as long as a time-out takes; it cannot tell whether a
 * call would be refused without making it, which matters to those that wait for their turn in a budget; and it takes a
 * trial that was never sent, as when its caller left, for a success.
 */

export interface BreakerOptions {
  /** After how many failures in a row it opens; 0 for never. */
  readonly failures: number;
  /** How long it then stays open before it lets one call try. */
  readonly openMs: number;
}

/** `closed`: calls are made; `open`: none is; `halfOpen`: one is under way that decides. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

/** What {@link Breaker.admit} gives for a call that is not to be made. */
export const REFUSED = -1;

export class Breaker {
  readonly #options: BreakerOptions;
  #state: BreakerState = 'closed';
  #failures = 0;
  #openUntil = 0;
  /** Grows with each change of state: results of calls that were admitted before say nothing of the present. */
  #era = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether {@link admit} would refuse. */
  get refuses(): boolean {
    return this.#state !== 'closed' && (this.#state === 'halfOpen' || performance.now() < this.#openUntil);
  }

  /** Asks to make a call. The number that it gives goes with the result of the call, or it is {@link REFUSED}. */
  admit(): number {
    if (this.#state === 'closed') return this.#era;
    if (this.refuses) return REFUSED;
    return this.#become('halfOpen');
  }

  /** The service answered, be it by refusing. */
  succeeded(era: number): void {
    if (era !== this.#era) return;
    this.#failures = 0;
    if (this.#state === 'halfOpen') this.#become('closed');
  }

  /** The service did not answer, or failed to do what it should. */
  failed(era: number): void {
    if (era !== this.#era) return;
    this.#failures += 1;
    if (this.#state === 'halfOpen' || this.#failures === this.#options.failures) {
      this.#openUntil = performance.now() + this.#options.openMs;
      this.#become('open');
    }
  }

  /** The call ended in a way that says nothing of the service, such as before it was sent. */
  undecided(era: number): void {
    // The next call may try.
    if (era === this.#era && this.#state === 'halfOpen') this.#become('open');
  }

  #become(state: BreakerState): number {
    this.#state = state;
    this.#failures = 0;
    this.#era += 1;
    return this.#era;
  }
}
