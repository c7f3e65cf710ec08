/** The database of a running gateway, which everything that outlives a request shares. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database, DatabasePlace } from './database.ts';
import { factsOfFailure } from './failure-facts.ts';
import type { Holder } from './holder.ts';
import type { Tables } from './tables.ts';

export interface DatabaseConfig {
  readonly place: DatabasePlace;
  /** What hashes are made with; undefined for the embedded database's own. */
  readonly secret: string | undefined;
}

/** A database as long as it can be used. */
export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  /** How to connect to it, for libraries that have connections of their own. */
  readonly connectionString: string;
  /** Stands for this process, and is kept alive. */
  readonly holder: string;
  /** What hashes are made with. */
  readonly secret: string;
  /** Is aborted when the database is closed, or cannot be used any more. */
  readonly signal: AbortSignal;
}

/** What belongs to an open database. */
interface Opened {
  readonly open: OpenDatabase;
  readonly database: Database;
  readonly holder: Holder;
  readonly ending: AbortController;
}

export class SharedDatabase {
  readonly place: DatabasePlace;
  readonly #secret: string | undefined;
  readonly #logger: Logger;
  #opening: Promise<Opened> | undefined;

  constructor({ place, secret }: DatabaseConfig, logger: Logger) {
    this.place = place;
    this.#secret = secret;
    this.#logger = logger;
  }

  /**
   * Opens it, if that was not done yet.
   *
   * @throws Error when it cannot be used; it is tried again the next time.
   */
  async open(): Promise<OpenDatabase> {
    if (!this.#opening) {
      const opening = this.#open();
      opening.catch(() => this.#forget(opening));
      this.#opening = opening;
    }
    return (await this.#opening).open;
  }

  /**
   * Tells the operator why it could not be used. One whose connections are gone for good, such as those to a server
   * that was stopped, is opened anew next time.
   */
  failed(error: unknown): void {
    this.#logger.warn({ err: factsOfFailure(error) }, 'The database could not be used.');
    const opening = this.#opening;
    if (!opening || !isOfConnection(error)) return;
    this.#opening = undefined;
    void abandon(opening);
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    try {
      const opened = await opening;
      if (opened) await close(opened);
    } catch (error) {
      this.failed(error);
    }
  }

  #forget(opening: Promise<Opened>): void {
    if (this.#opening === opening) this.#opening = undefined;
  }

  async #open(): Promise<Opened> {
    // Whoever needs no database needs none of it.
    const [{ openDatabase }, { Holder: Mark }] = await Promise.all([
      import('./database.ts'),
      import('./holder.ts'),
    ]);
    const database = await openDatabase(this.place);
    try {
      const holder = new Mark(database.db, error => this.failed(error));
      await holder.start();
      const ending = new AbortController();
      const { db, connectionString } = database;
      const secret = this.#secret ?? database.secret ?? '';
      return {
        open: { db, connectionString, holder: holder.id, secret, signal: ending.signal },
        database,
        holder,
        ending,
      };
    } catch (error) {
      await database.close();
      throw error;
    }
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

async function close({ database, holder, ending }: Opened): Promise<void> {
  ending.abort();
  try {
    await holder.stop();
  } finally {
    await database.close();
  }
}

/** PostgreSQL's own errors have codes of five characters; those of class 57P are about a server that stops. */
function isOfConnection(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code !== 'string' || code.length !== 5 || code.startsWith('57P') || code.startsWith('08');
}
