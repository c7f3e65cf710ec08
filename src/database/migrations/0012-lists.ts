/** The order of everybody's jobs, and the events of changes that were not made, which are few among all. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  // There may be millions of events.
  await sql`set local statement_timeout = 0`.execute(database);
  await database.schema.createIndex('job_created_at').on('job').columns(['created_at', 'id']).execute();
  await database.schema
    .createIndex('audit_event_outcome')
    .on('audit_event')
    .columns(['outcome', 'id'])
    .where(sql.ref('outcome'), '<>', sql.lit('success'))
    .execute();
}
