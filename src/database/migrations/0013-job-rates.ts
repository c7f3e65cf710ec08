/**
 * When the work on a job was begun, so that its rate is that of the time since; and an index for the rate in which only those
 * rows are that came to an outcome: rows that wait, or are left out, are changed faster without it.
 */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  // There may be millions of rows.
  await sql`set local statement_timeout = 0`.execute(database);
  await database.schema.alterTable('job').addColumn('begun_at', 'timestamptz').execute();
  await database.schema.dropIndex('job_row_settled_at').execute();
  await database.schema
    .createIndex('job_row_settled_at')
    .on('job_row')
    .columns(['job', 'settled_at'])
    .where(sql.ref('settled_at'), 'is not', null)
    .execute();
}
