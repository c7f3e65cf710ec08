/** What the gateway remembers of changes under their keys; its database is opened when the first key comes. */
import type { Logger } from 'pino';
import type { Database, DatabasePlace } from '../database/database.ts';
import { factsOfFailure } from '../database/failure-facts.ts';
import { IdempotencyMismatchError, ProviderFailureError } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';
import type { Holder } from './holder.ts';
import { inProgress, KeyedChange } from './keyed-change.ts';
import type { Ledger } from './ledger.ts';

export type { KeyedChange } from './keyed-change.ts';

export interface LedgerConfig {
  readonly place: DatabasePlace;
  /** What hashes are made with; undefined for the embedded database's own. */
  readonly secret: string | undefined;
  /** How long changes are remembered. */
  readonly hours: number;
}

/** A change with a key, as a caller asks for it. */
export interface KeyedRequest {
  /** Who asks, and for which world of local AWS. */
  readonly caller: readonly (string | undefined)[];
  /** The field of `Mutation`. */
  readonly operation: string;
  readonly key: string;
  readonly input: unknown;
}

/** An open ledger. */
interface Opened {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly holder: Holder;
  readonly secret: string;
  readonly sweeping: NodeJS.Timeout;
}

const SWEEP_MS = 600_000;

export class IdempotencyKeys {
  readonly #config: LedgerConfig;
  readonly #logger: Logger;
  #opening: Promise<Opened> | undefined;

  constructor(config: LedgerConfig, logger: Logger) {
    this.#config = config;
    this.#logger = logger;
  }

  /**
   * Begins a change under its key.
   *
   * @throws ConflictError when it is under way, IdempotencyMismatchError when the key was used for another input,
   * ProviderFailureError when nobody can tell.
   */
  async begin({ caller, operation, key, input }: KeyedRequest): Promise<KeyedChange> {
    try {
      const { ledger, secret } = await this.#opened();
      const keyHash = fingerprint(secret, caller, operation, key);
      const begun = await ledger.begin({ keyHash, inputHash: fingerprint(secret, input), operation });
      if (begun.state === 'inProgress') throw inProgress();
      if (begun.state === 'otherInput') throw otherInput();
      const change = begun.state === 'performing' ? begun.change : undefined;
      return new KeyedChange(change, begun.calls, { ledger, secret, failed: error => this.#failed(error) });
    } catch (error) {
      if (isRefusal(error)) throw error;
      this.#failed(error);
      throw new ProviderFailureError({
        message:
          'This gateway cannot use its database, which remembers what was done under an idempotencyKey. Nothing was changed.',
        retryable: true,
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    try {
      const opened = await opening;
      if (opened) await close(opened);
    } catch (error) {
      this.#failed(error);
    }
  }

  #opened(): Promise<Opened> {
    if (!this.#opening) {
      const opening = this.#open();
      // One that cannot be opened is tried again with the next key.
      opening.catch(() => this.#forget(opening));
      this.#opening = opening;
    }
    return this.#opening;
  }

  #forget(opening: Promise<Opened>): void {
    if (this.#opening === opening) this.#opening = undefined;
  }

  async #open(): Promise<Opened> {
    const { place, secret, hours } = this.#config;
    // Whoever gives no keys needs none of it.
    const [{ openDatabase }, { Ledger: Book }, { Holder: Mark }] = await Promise.all([
      import('../database/database.ts'),
      import('./ledger.ts'),
      import('./holder.ts'),
    ]);
    const database = await openDatabase(place);
    try {
      const holder = new Mark(database.db, error => this.#failed(error));
      await holder.start();
      const ledger = new Book(database.db, holder.id, hours);
      const sweep = () => void ledger.sweep().catch((error: unknown) => this.#failed(error));
      sweep();
      const sweeping = setInterval(sweep, SWEEP_MS).unref();
      return { database, ledger, holder, secret: secret ?? database.secret ?? '', sweeping };
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Tells the operator; a connection that is gone for good, such as to a server that was stopped, is made anew next time. */
  #failed(error: unknown): void {
    this.#logger.warn({ err: factsOfFailure(error) }, 'The database could not be used.');
    const opening = this.#opening;
    if (!opening || !isOfConnection(error)) return;
    this.#opening = undefined;
    void abandon(opening);
  }
}

/** Closes what cannot be used any more, as far as that goes. */
async function abandon(opening: Promise<Opened>): Promise<void> {
  try {
    await close(await opening);
  } catch {
    // It is gone already.
  }
}

async function close({ database, holder, sweeping }: Opened): Promise<void> {
  clearInterval(sweeping);
  try {
    await holder.stop();
  } finally {
    await database.close();
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

/** PostgreSQL's own errors have codes of five characters; those of class 57P are about a server that stops. */
function isOfConnection(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code !== 'string' || code.length !== 5 || code.startsWith('57P') || code.startsWith('08');
}
