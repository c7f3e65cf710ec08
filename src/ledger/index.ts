/** What the gateway remembers of changes under their keys; its database is opened when the first key comes. */
import type { Asker } from '../database/callers.ts';
import { databaseFailure } from '../database/database-failure.ts';
import type { OpenDatabase, SharedDatabase } from '../database/shared-database.ts';
import { IdempotencyMismatchError } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';
import { inProgress, KeyedChange } from './keyed-change.ts';
import type { Again, ChangedRow, Ledger } from './ledger.ts';

export type { KeyedChange } from './keyed-change.ts';

/** A change with a key, as a caller asks for it. */
export interface KeyedRequest {
  /** Who asks, and for which world of local AWS. */
  readonly caller: readonly (string | undefined)[];
  /** The field of `Mutation`. */
  readonly operation: string;
  readonly key: string;
  readonly input: unknown;
  /** Whether it is gone on with if it was performed before; otherwise it is only told again. */
  readonly again?: Again;
  /** The row of a job that it is of. */
  readonly row?: ChangedRow;
  /** The request that it is a part of; absent for the gateway's own work. */
  readonly asker?: Asker;
}

const SWEEP_MS = 600_000;

export class IdempotencyKeys {
  readonly #database: SharedDatabase;
  readonly #hours: number;
  readonly #ledgers = new WeakMap<OpenDatabase, Ledger>();

  /** @param hours How long changes are remembered. */
  constructor(database: SharedDatabase, hours: number) {
    this.#database = database;
    this.#hours = hours;
  }

  /**
   * Begins a change under its key.
   *
   * @throws ConflictError when it is under way, IdempotencyMismatchError when the key was used for another input,
   * ProviderFailureError when nobody can tell.
   */
  async begin({ caller, operation, key, input, again, row, asker }: KeyedRequest): Promise<KeyedChange> {
    try {
      const open = await this.#database.open();
      const { secret } = open;
      const ledger = await this.#ledgerOf(open, asker);
      const keyHash = fingerprint(secret, caller, operation, key);
      const begun = await ledger.begin({
        keyHash,
        inputHash: fingerprint(secret, input),
        operation,
        again,
        row,
      });
      if (begun.state === 'inProgress') throw inProgress();
      if (begun.state === 'otherInput') throw otherInput();
      const change = begun.state === 'performing' ? begun.change : undefined;
      const failed = (error: unknown) => this.#database.failed(error);
      return new KeyedChange(change, begun.calls, { ledger, secret, failed });
    } catch (error) {
      if (isRefusal(error)) throw error;
      this.#database.failed(error);
      throw databaseFailure(error, 'remembers what was done under an idempotencyKey', 'Nothing was changed.');
    }
  }

  async #ledgerOf(open: OpenDatabase, asker: Asker | undefined): Promise<Ledger> {
    const { Ledger: Book } = await import('./ledger.ts');
    const { db, changesFor, holder, signal } = open;
    let own = this.#ledgers.get(open);
    if (!own) {
      const opened = new Book(db, holder, this.#hours);
      own = opened;
      this.#ledgers.set(open, opened);
      const sweep = () => void opened.sweep().catch((error: unknown) => this.#database.failed(error));
      sweep();
      const sweeping = setInterval(sweep, SWEEP_MS).unref();
      signal.addEventListener('abort', () => clearInterval(sweeping));
    }
    return asker ? new Book(changesFor(asker), holder, this.#hours) : own;
  }
}

function otherInput(): IdempotencyMismatchError {
  return new IdempotencyMismatchError({
    message:
      'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
  });
}

function isRefusal(error: unknown): boolean {
  return (
    (error as { readonly code?: unknown }).code === 'CONFLICT' || error instanceof IdempotencyMismatchError
  );
}
