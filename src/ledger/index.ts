/** What the gateway remembers of changes under their keys; its database is opened when the first key comes. */
import type { Asker } from '../database/callers.ts';
import { databaseFailure } from '../database/database-failure.ts';
import type { OpenDatabase, SharedDatabase } from '../database/shared-database.ts';
import { IdempotencyMismatchError } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';
import { inProgress, KeyedChange } from './keyed-change.ts';
import type { Again, ChangedRow, Ledger } from './ledger.ts';
import { Performing } from './performing.ts';

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

interface Used {
  readonly ledger: Ledger;
  readonly performing: Performing;
}

export class IdempotencyKeys {
  readonly #database: SharedDatabase;
  readonly #hours: number;
  readonly #used = new WeakMap<OpenDatabase, Used>();

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
  async begin(request: KeyedRequest): Promise<KeyedChange> {
    try {
      return await this.#database.inTime(this.#begin(request));
    } catch (error) {
      if (isRefusal(error)) throw error;
      this.#database.failed(error);
      throw databaseFailure(error, 'remembers what was done under an idempotencyKey', 'Nothing was changed.');
    }
  }

  async #begin({ caller, operation, key, input, again, row, asker }: KeyedRequest): Promise<KeyedChange> {
    let ended: ((isWritten: boolean) => void) | undefined;
    try {
      const open = await this.#database.open();
      const { secret, changesFor, holder } = open;
      const { Ledger: Book } = await import('./ledger.ts');
      const { ledger: own, performing } = await this.#usedOn(open);
      const ledger = asker ? new Book(changesFor(asker), holder, this.#hours) : own;
      const keyHash = fingerprint(secret, caller, operation, key);
      const performance = performing.begin(keyHash);
      ended = isWritten => performing.end(performance, isWritten);
      const inputHash = fingerprint(secret, input);
      const begun = await ledger.begin({ keyHash, inputHash, operation, again, row });
      if (begun.state === 'inProgress') throw inProgress();
      if (begun.state === 'otherInput') throw otherInput();
      const change = begun.state === 'performing' ? begun.change : undefined;
      performance.isUnderWay = change !== undefined;
      return new KeyedChange(change, begun.calls, { ledger, secret, database: this.#database, ended });
    } catch (error) {
      ended?.(isRefusal(error));
      throw error;
    }
  }

  /** The ledger of an open database, which is kept tidy as long as that is open. */
  async #usedOn(open: OpenDatabase): Promise<Used> {
    const known = this.#used.get(open);
    if (known) return known;
    const { Ledger: Book } = await import('./ledger.ts');
    const { db, holder, signal } = open;
    const failed = (error: unknown) => this.#database.failed(error);
    const ledger = new Book(db, holder, this.#hours);
    const used = { ledger, performing: new Performing({ ledger, failed, signal }) };
    this.#used.set(open, used);
    const sweep = () => void ledger.sweep().catch(failed);
    sweep();
    const sweeping = setInterval(sweep, SWEEP_MS).unref();
    signal.addEventListener('abort', () => clearInterval(sweeping));
    return used;
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
