/**
 * How many bytes a row has is known without reading it, so that no more rows are read at a time than there is memory for: what was
 * compressed would have to be expanded. Only rows of more than 2 kB take more room by that. Those that there are stay as they are.
 */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table job_row
    alter column input set storage external,
    alter column error set storage external`.execute(database);
}
