/**
 * The changes that this process performs. What the ledger has under its name besides them, it has for a beginning or an end that
 * could not be written, or nobody knows whether it was: others would wait for those as long as the process lives.
 */
import type { Ledger } from './ledger.ts';

/** How often it is tried to have the ledger know. */
const TRY_MS = 1_000;

export interface PerformingOptions {
  readonly ledger: Ledger;
  /** Is told why it could not be written. */
  readonly failed: (error: unknown) => void;
  /** The database is closed. */
  readonly signal: AbortSignal;
}

/** A change from before its beginning is written until its end is. */
export interface Performance {
  readonly keyHash: Buffer;
}

export class Performing {
  readonly #options: PerformingOptions;
  readonly #performances = new Set<Performance>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PerformingOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  begin(keyHash: Buffer): Performance {
    const performance = { keyHash };
    this.#performances.add(performance);
    return performance;
  }

  /** @param isWritten Whether the ledger knows. */
  end(performance: Performance, isWritten: boolean): void {
    this.#performances.delete(performance);
    if (!isWritten && !this.#options.signal.aborted) this.#timer ??= setTimeout(this.#leave, TRY_MS).unref();
  }

  /** Leaves all other changes to whoever asks for them next. */
  readonly #leave = async (): Promise<void> => {
    const { ledger, failed, signal } = this.#options;
    this.#timer = undefined;
    try {
      await ledger.leaveOthers([...this.#performances].map(({ keyHash }) => keyHash));
    } catch (error) {
      failed(error);
      if (!signal.aborted) this.#timer ??= setTimeout(this.#leave, TRY_MS).unref();
    }
  };
}
