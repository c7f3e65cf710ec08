/** What a brake let pass of a job, and what a job failed of. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('job')
    .addColumn('let_pass', 'integer')
    .addColumn('error', 'jsonb')
    .execute();
}
