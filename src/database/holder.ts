/** That this process is alive, for others that share the database. */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** How often it is told, and after how long without it a process counts as dead. */
const BEAT_MS = 5_000;
const DEAD_AFTER_SECONDS = 20;

/** Whether the holder of a row is alive; null without a holder. */
export const isAlive = sql<
  boolean | null
>`holder.seen_at > now() - make_interval(secs => ${sql.lit(DEAD_AFTER_SECONDS)})`;

export class Holder {
  readonly id = randomUUID();
  readonly #db: Kysely<Tables>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  /** @param failed Is told why it could not be told. */
  constructor(db: Kysely<Tables>, failed: (error: unknown) => void) {
    this.#db = db;
    this.#failed = failed;
  }

  /** Tells that the process is alive from now on. */
  async start(): Promise<void> {
    await this.#beat();
    this.#schedule();
  }

  /** Tells that the process ends, so that others need not wait for its death. */
  async stop(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#db.deleteFrom('holder').where('id', '=', this.id).execute();
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      void this.#beat()
        .catch(this.#failed)
        .finally(() => {
          if (!this.#ended) this.#schedule();
        });
    }, BEAT_MS);
    this.#timer.unref();
  }

  async #beat(): Promise<void> {
    await this.#db
      .insertInto('holder')
      .values({ id: this.id, seenAt: sql<Date>`now()` })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ seenAt: sql<Date>`now()` }))
      .execute();
    // Those that are dead for long hold nothing that anybody would wait for.
    await sql`delete from holder where seen_at < now() - make_interval(secs => ${sql.lit(DEAD_AFTER_SECONDS * 10)})`.execute(
      this.#db,
    );
  }
}
