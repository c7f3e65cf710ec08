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
  /** Whether the ledger has let it perform the change, which it asked for before. */
  isUnderWay: boolean;
}

export class Performing {
  readonly #options: PerformingOptions;
  readonly #performances = new Set<Performance>();
  /** The changes whose beginning or end could not be written, by their hashes in hexadecimal, until they are left. */
  #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PerformingOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  begin(keyHash: Buffer): Performance {
    const performance = { keyHash, isUnderWay: false };
    this.#performances.add(performance);
    return performance;
  }

  /** @param isWritten Whether the ledger knows. */
  end(performance: Performance, isWritten: boolean): void {
    this.#performances.delete(performance);
    if (isWritten) return;
    this.#unwritten.add(nameOf(performance));
    this.#leaveLater();
  }

  #leaveLater(): void {
    if (!this.#options.signal.aborted) this.#timer ??= setTimeout(this.#leave, TRY_MS).unref();
  }

  /** Leaves all other changes to whoever asks for them next. */
  readonly #leave = async (): Promise<void> => {
    const { ledger, failed } = this.#options;
    this.#timer = undefined;
    const unwritten = this.#unwritten;
    this.#unwritten = new Set();
    // Who only asks for one of them, as clients do until they are told what came of it, must not keep it from being left.
    const kept = [...this.#performances].filter(
      performance => performance.isUnderWay || !unwritten.has(nameOf(performance)),
    );
    try {
      await ledger.leaveOthers(kept.map(({ keyHash }) => keyHash));
    } catch (error) {
      failed(error);
      for (const name of unwritten) this.#unwritten.add(name);
      this.#leaveLater();
    }
  };
}

function nameOf({ keyHash }: Performance): string {
  return keyHash.toString('hex');
}
