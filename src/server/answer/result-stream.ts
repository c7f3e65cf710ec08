/** The results of a subscription, one after another, as clients are to see them. */
import type { ExecutionResult } from 'graphql';

/** Node.js takes longer delays for 1 ms. */
const MAX_DELAY_MS = 2_147_483_647;

interface StreamOptions {
  /** Makes of each result what the client is to see. */
  readonly finish: (result: ExecutionResult) => ExecutionResult;
  /** When whoever asked may not any more, as `Date.now()` has it. */
  readonly expiresAt?: number | undefined;
  /** What is said then. */
  readonly lastResult: () => ExecutionResult;
}

/** Results that end at once when they are ended, also while one is waited for: those of a generator would not. */
export class ResultStream implements AsyncIterableIterator<ExecutionResult> {
  readonly #results: AsyncIterator<ExecutionResult>;
  readonly #finish: StreamOptions['finish'];
  #lastResult: StreamOptions['lastResult'] | undefined;
  #isExpired = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    results: AsyncIterable<ExecutionResult>,
    { finish, expiresAt = Number.POSITIVE_INFINITY, lastResult }: StreamOptions,
  ) {
    this.#results = results[Symbol.asyncIterator]();
    this.#finish = finish;
    this.#lastResult = lastResult;
    if (expiresAt < Number.POSITIVE_INFINITY) this.#expireAt(expiresAt);
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    const next = await this.#results.next();
    if (!next.done) return { done: false, value: this.#finish(next.value) };
    clearTimeout(this.#timer);
    const last = this.#isExpired ? this.#lastResult?.() : undefined;
    this.#lastResult = undefined;
    return last ? { done: false, value: last } : { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    clearTimeout(this.#timer);
    this.#lastResult = undefined;
    await this.#results.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #expireAt(time: number): void {
    this.#timer = setTimeout(
      () => {
        if (Date.now() < time) return this.#expireAt(time);
        this.#isExpired = true;
        void this.#results.return?.();
        return undefined;
      },
      Math.max(0, Math.min(time - Date.now(), MAX_DELAY_MS)),
    );
  }
}
