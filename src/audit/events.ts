/**
 * Keeps the events of the audit trail in the database as well, for those who ask. The trail's lines are what counts: nobody
 * waits for the database, and what it cannot take for too long is counted and left to the lines.
 */
import type { Logger } from 'pino';
import type { Asker } from '../database/callers.ts';
import { databaseFailure } from '../database/database-failure.ts';
import type { OpenDatabase, SharedDatabase } from '../database/shared-database.ts';
import type { AuditEventFilter, AuditEventRecord, EventStore } from './event-store.ts';
import type { TrailEvent } from './trail.ts';

export type { AuditEventFilter, AuditEventRecord } from './event-store.ts';

/** How long an event waits for others that go along, and how many go at a time. */
const GATHER_MS = 200;
const BATCH = 500;

/** How long is waited after a failure. */
const RETRY_MS = 5_000;

/** How many events wait at most. */
const MAX_WAITING = 10_000;

/** How long the end of the process may take. */
const LAST_MS = 5_000;

const SWEEP_MS = 3_600_000;

/** What keeping the events is at. */
export interface AuditEventsState {
  /** How many wait. */
  readonly waiting: number;
  /** How many were left out. */
  readonly dropped: number;
}

export class AuditEvents {
  readonly #database: SharedDatabase;
  readonly #days: number;
  readonly #logger: Logger;
  readonly #stores = new WeakMap<OpenDatabase, EventStore>();
  #waiting: TrailEvent[] = [];
  #dropped = 0;
  /** Whether it was told that events are left out, since it went well the last time. */
  #told = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #closed = false;

  /** @param days How long events are kept. */
  constructor(database: SharedDatabase, days: number, logger: Logger) {
    this.#database = database;
    this.#days = days;
    this.#logger = logger;
  }

  /** Begins to delete what is old, where that takes no start of an embedded database. */
  async start(): Promise<void> {
    try {
      if ('url' in this.#database.place) await this.#store();
    } catch (error) {
      this.#database.failed(error);
    }
  }

  get state(): AuditEventsState {
    return { waiting: this.#waiting.length, dropped: this.#dropped };
  }

  /** Keeps an event, soon. */
  add(event: TrailEvent): void {
    if (this.#closed || this.#waiting.length >= MAX_WAITING) {
      this.#drop(1);
      return;
    }
    this.#waiting.push(event);
    if (!this.#writing) this.#later(GATHER_MS);
  }

  /**
   * The newest events first.
   *
   * @throws ProviderFailureError when the database cannot be used.
   */
  async list(
    limit: number,
    before: string | undefined,
    filter: AuditEventFilter,
    asker: Asker,
  ): Promise<readonly AuditEventRecord[]> {
    try {
      const listing = this.#store(asker).then(store => store.list(limit, before, filter));
      return await this.#database.inTime(listing);
    } catch (error) {
      this.#database.failed(error);
      throw databaseFailure(error, 'keeps the events of the audit trail');
    }
  }

  /** Writes what waits, if the database takes it soon. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#waiting.length === 0 && !this.#writing) return;
    const late = new Promise<void>(resolve => setTimeout(resolve, LAST_MS).unref());
    await Promise.race([late, (this.#writing ?? Promise.resolve()).then(() => this.#write())]);
    this.#drop(this.#waiting.length);
    this.#waiting = [];
  }

  #later(milliseconds: number): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined;
        if (this.#waiting.length > 0) this.#later(GATHER_MS);
      });
    }, milliseconds);
    this.#timer.unref();
  }

  /** Writes all that waits; what is left is tried again later. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await this.#keep(batch);
        this.#waiting = this.#waiting.slice(batch.length);
        this.#told = false;
      } catch (error) {
        this.#database.failed(error);
        this.#later(RETRY_MS);
        return;
      }
    }
  }

  /** What the database does not take as it is, keeps none of the others from it. */
  async #keep(batch: readonly TrailEvent[]): Promise<void> {
    const store = await this.#store();
    try {
      await store.add(batch);
    } catch (error) {
      if (!isOfData(error)) throw error;
      if (batch.length === 1) this.#drop(1);
      else for (const event of batch) await this.#keep([event]);
    }
  }

  #drop(events: number): void {
    if (events === 0) return;
    this.#dropped += events;
    if (this.#told) return;
    this.#told = true;
    this.#logger.warn('The database does not take all events of the audit trail; its lines have them.');
  }

  /** @param asker Who asks for them; absent for the gateway's own work. */
  async #store(asker?: Asker): Promise<EventStore> {
    const [open, { EventStore: Store }] = await Promise.all([
      this.#database.open(),
      import('./event-store.ts'),
    ]);
    let own = this.#stores.get(open);
    if (!own) {
      const opened = new Store(open.db);
      own = opened;
      this.#stores.set(open, opened);
      const sweep = () =>
        void opened.sweep(this.#days).catch((error: unknown) => {
          if (!open.signal.aborted) this.#database.failed(error);
        });
      sweep();
      const sweeping = setInterval(sweep, SWEEP_MS).unref();
      open.signal.addEventListener('abort', () => clearInterval(sweeping));
    }
    return asker ? new Store(open.dbFor(asker)) : own;
  }
}

/** Whether PostgreSQL has no form for a value, such as a character of the number 0. */
function isOfData(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && code.length === 5 && code.startsWith('22');
}
