/** When the next request of each quota of AWS may go. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('slot')
    .addColumn('quota', 'text', column => column.primaryKey())
    .addColumn('next_at', 'timestamptz', column => column.notNull())
    .execute();
}
