/** How often a row was tried again was written and never read. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('job_row').dropColumn('retries').execute();
}
