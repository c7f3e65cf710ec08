/**
 * How many rows of a job are in each state, kept by the database itself with each statement that changes rows, whichever
 * version sends it: what a job has come to is told without counting its rows.
 */
import { type Kysely, sql } from 'kysely';

/** What a statement adds to the counts, of the rows as they were before and as they are after it. */
const changes = {
  insert: { tables: 'new table as added', rows: 'select job, state, 1 as change from added' },
  delete: { tables: 'old table as removed', rows: 'select job, state, -1 as change from removed' },
  update: {
    tables: 'old table as removed new table as added',
    rows: 'select job, state, 1 as change from added union all select job, state, -1 from removed',
  },
};

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('job_row_count')
    .addColumn('job', 'uuid', column => column.notNull().references('job.id').onDelete('cascade'))
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('count', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('job_row_count_key', ['job', 'state'])
    .execute();
  for (const [change, { tables, rows }] of Object.entries(changes)) {
    const name = sql.id(`job_row_counted_on_${change}`);
    // Whoever changes rows by hand may have another search path. Counts of one job are always locked in one order. Of a job
    // that is deleted, there is nothing left to count.
    await sql`
      create function ${name}() returns trigger language plpgsql set search_path from current as $$ begin
        insert into job_row_count as kept (job, state, count)
        select job, state, sum(change) from (${sql.raw(rows)}) as changed
        where exists (select from job where job.id = changed.job)
        group by job, state having sum(change) <> 0 order by job, state
        on conflict (job, state) do update set count = kept.count + excluded.count;
        return null;
      end $$`.execute(database);
    await sql`
      create trigger ${name} after ${sql.raw(change)} on job_row
      referencing ${sql.raw(tables)} for each statement execute function ${name}()`.execute(database);
  }
  // Nobody changes rows between the triggers and the end of the migration. There may be millions.
  await sql`set local statement_timeout = 0`.execute(database);
  await sql`
    insert into job_row_count (job, state, count) select job, state, count(*) from job_row group by job, state`.execute(
    database,
  );
}
