/** Tries again what AWS refuses for reasons that pass: the one rule for all that a job reads and changes. */
import { setTimeout } from 'node:timers/promises';
import { ApiError, ConflictError, ProviderFailureError, ThrottledError } from '../errors.ts';

/** How often something is tried, and how long the pauses get between: five minutes in all. */
const MAX_TRIES = 14;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/** How long to wait for a process that holds a row, and is dead perhaps. */
const HELD_PAUSE_MS = 1_000;

export class Patience {
  readonly #signal: AbortSignal;
  readonly #maxTries: number;
  #tries = 1;

  /** @param signal Ends the waits. */
  constructor(signal: AbortSignal, maxTries = MAX_TRIES) {
    this.#signal = signal;
    this.#maxTries = maxTries;
  }

  /** Waits until it may be tried again; false if the error is for good, or was met too often. */
  async outlasts(error: unknown): Promise<boolean> {
    if (isHeld(error)) {
      await this.#pause(HELD_PAUSE_MS);
      return true;
    }
    if (!isPassing(error) || this.#tries === this.#maxTries) return false;
    await this.#pause(pauseMs(error, this.#tries));
    this.#tries += 1;
    return true;
  }

  /** Begins anew: something has come of it. */
  renew(): void {
    this.#tries = 1;
  }

  async #pause(milliseconds: number): Promise<void> {
    await setTimeout(milliseconds, undefined, { signal: this.#signal }).catch(() => undefined);
  }
}

/**
 * Does something as often as it takes.
 *
 * @param maxTries How often at most; how long another process holds it does not count.
 * @returns What came of it; undefined when the signal ended the waits.
 * @throws What is for good.
 */
export async function patiently<Result>(
  act: () => Promise<Result>,
  signal: AbortSignal,
  maxTries?: number,
): Promise<Result | undefined> {
  const patience = new Patience(signal, maxTries);
  do {
    try {
      return await act();
    } catch (error) {
      if (!(await patience.outlasts(error))) throw error;
    }
  } while (!signal.aborted);
  return undefined;
}

function isHeld(error: unknown): boolean {
  return error instanceof ConflictError && error.reason === 'REQUEST_IN_PROGRESS';
}

/** Whether nothing was changed, and may be another time. */
function isPassing(error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || !error.retryable) return false;
  return !(error instanceof ProviderFailureError && error.outcomeUnknown);
}

function pauseMs(error: ApiError, tries: number): number {
  const growing = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  const asked = error instanceof ThrottledError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
  // Those that were refused together do not come again together.
  return Math.max(asked, growing / 2) + (Math.random() * growing) / 2;
}
