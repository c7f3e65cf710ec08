/** Who may see a job. What those of before took was not kept, so that they are shown to nobody. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('job')
    .addColumn('scopes', sql`text[]`, column => column.notNull().defaultTo('{unknown}'))
    .addColumn('about', sql`text[]`, column => column.notNull().defaultTo('{}'))
    .addColumn('bounds', sql`text[]`)
    .execute();
}
