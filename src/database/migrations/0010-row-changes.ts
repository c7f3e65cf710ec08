/** Which row of a job a change is of, so that whoever ends the job finds what was sent of its rows. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('change')
    .addColumn('job', 'uuid')
    .addColumn('position', 'integer')
    .execute();
  await database.schema
    .createIndex('change_row')
    .on('change')
    .columns(['job', 'position'])
    .where(sql.ref('job'), 'is not', null)
    .execute();
}
