/** In which attempt a row of a job was planned: who goes on with it may protect more. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('job_row').addColumn('planned_in', 'integer').execute();
}
