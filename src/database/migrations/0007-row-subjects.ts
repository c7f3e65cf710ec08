/** What rows of jobs are about, by which those are told that are about the same. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('job_row').addColumn('subject', 'text').execute();
}
