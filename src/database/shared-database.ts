/** The database of a running gateway, which everything that outlives a request shares. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { unlessEnded } from '../unless-ended.ts';
import type { Asker } from './callers.ts';
import { isOfConnection } from './connection-error.ts';
import type { Database } from './database.ts';
import { DatabaseError, NoDatabaseError } from './database-error.ts';
import { FailureLog } from './failure-log.ts';
import type { Holder } from './holder.ts';
import { checkPlace, type DatabasePlace, secretIn } from './place.ts';
import type { Tables } from './tables.ts';

/** How long one that could not be opened is not tried again. */
const PAUSE_MS = 1_000;

/** How long those whose time is up may wait for it, who are to be told something in the second after. */
const LAST_WAIT_MS = 500;

export interface DatabaseConfig {
  readonly place: DatabasePlace;
  /** What hashes are made with; undefined for the embedded database's own. */
  readonly secret: string | undefined;
}

/** A database as long as it can be used. */
export interface OpenDatabase {
  /** For the gateway's own work. */
  readonly db: Kysely<Tables>;
  /** For what a caller looks at or hands in: each has a few connections at a time, none of which is for anything else. */
  readonly dbFor: (asker: Asker) => Kysely<Tables>;
  /** For what remembers a caller's changes: each has a few of those for the gateway's own work. */
  readonly changesFor: (asker: Asker) => Kysely<Tables>;
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
  readonly #log: FailureLog;
  #opening: Promise<Opened> | undefined;
  /** The last one that failed. */
  #failure: { readonly error: unknown; readonly at: number } | undefined;
  #isChecking = false;
  readonly #late = new AbortController();

  constructor({ place, secret }: DatabaseConfig, logger: Logger) {
    this.place = place;
    this.#secret = secret;
    this.#logger = logger;
    this.#log = new FailureLog(logger);
  }

  /**
   * Opens it, if that was not done yet.
   *
   * @throws Error when it cannot be used; it is tried again the next time, though not at once.
   */
  async open(): Promise<OpenDatabase> {
    if (!this.#opening) {
      const failure = this.#failure;
      if (failure && performance.now() - failure.at < PAUSE_MS) throw failure.error;
      const opening = this.#open();
      opening.catch((error: unknown) => this.#forget(opening, error));
      this.#opening = opening;
    }
    return (await this.#opening).open;
  }

  /**
   * Tells the operator why it could not be used. If that may be of the connection, its server is asked whether it is there:
   * a database that was lost is opened anew next time, and one that is busy stays open for all.
   */
  failed(error: unknown): void {
    this.#log.failed(error);
    const opening = this.#opening;
    if (!opening || this.#isChecking || !isOfConnection(error)) return;
    void this.#check(opening);
  }

  /** Tells the operator at the start if there is no place for a database. */
  async checkPlace(): Promise<void> {
    try {
      await checkPlace(this.place);
    } catch (error) {
      if (!(error instanceof NoDatabaseError)) throw error;
      this.#logger.warn(
        `There is no database: bulk jobs are refused, and changes with an idempotencyKey unless IDEMPOTENCY_HOURS is 0. ${error.message}`,
      );
    }
  }

  /** What hashes are made with, without opening it; undefined as long as nothing was made with any. */
  async secret(): Promise<string | undefined> {
    return this.#secret ?? ('folder' in this.place ? secretIn(this.place.folder) : undefined);
  }

  /**
   * Waits for what a request asks of it, at most until the request's time is up because the gateway stops.
   *
   * @throws DatabaseError when it is; it may be done all the same.
   */
  async inTime<Result>(work: Promise<Result>): Promise<Result> {
    const done = await unlessEnded(
      work.then(result => ({ result })),
      this.#late.signal,
    );
    if (!done) throw new DatabaseError('The database had not answered when the gateway stopped.');
    return done.result;
  }

  /** Has no request wait for it for much longer. */
  hurry(): void {
    setTimeout(() => this.#late.abort(), LAST_WAIT_MS).unref();
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

  /** Closes it if its server is gone. */
  async #check(opening: Promise<Opened>): Promise<void> {
    this.#isChecking = true;
    try {
      const { database } = await opening;
      if ((await database.isThere()) || this.#opening !== opening) return;
      this.#opening = undefined;
      void abandon(opening);
    } catch {
      // It was never open.
    } finally {
      this.#isChecking = false;
    }
  }

  #forget(opening: Promise<Opened>, error: unknown): void {
    this.#failure = { error, at: performance.now() };
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
      const { db, callers, changes, connectionString } = database;
      const secret = this.#secret ?? database.secret ?? '';
      return {
        open: {
          db,
          dbFor: asker => callers.for(asker),
          changesFor: asker => changes.for(asker),
          connectionString,
          holder: holder.id,
          secret,
          signal: ending.signal,
        },
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
