/** The times at which requests may go to AWS, handed out to all processes that share the database: a row for each quota. */
import type { Quota } from '../aws/models/quotas.ts';
import type { SlotSource } from '../aws/shared-pace.ts';
import type { SharedDatabase } from './shared-database.ts';

/** A second takes this much longer, for requests do not travel equally fast. */
const MARGIN = 1.01;

export class Slots implements SlotSource {
  readonly #database: SharedDatabase;

  constructor(database: SharedDatabase) {
    this.#database = database;
  }

  async reserve({ name, perSecond }: Quota, count: number): Promise<number> {
    try {
      const { db } = await this.#database.open();
      // Whoever shares no budgets needs none of it.
      const { sql } = await import('kysely');
      const seconds = (count * MARGIN) / perSecond;
      const { rows } = await sql<{ wait: number }>`
        insert into slot (quota, next_at) values (${name}, clock_timestamp() + make_interval(secs => ${seconds}))
        on conflict (quota) do update
          set next_at = greatest(slot.next_at, clock_timestamp()) + make_interval(secs => ${seconds})
        returning (extract(epoch from next_at - clock_timestamp()) - ${seconds}) * 1000 as wait`.execute(db);
      return Math.max(0, Number(rows[0]?.wait));
    } catch (error) {
      this.#database.failed(error);
      throw error;
    }
  }
}
