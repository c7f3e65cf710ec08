/** Bulk jobs and their rows. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('job')
    .addColumn('id', 'uuid', column => column.primaryKey())
    .addColumn('operation', 'text', column => column.notNull())
    .addColumn('caller', 'text', column => column.notNull())
    .addColumn('authority', 'jsonb', column => column.notNull())
    .addColumn('world', 'text')
    .addColumn('input_hash', 'bytea', column => column.notNull())
    .addColumn('options', 'jsonb', column => column.notNull())
    .addColumn('dry_run', 'boolean', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('holder', 'uuid')
    .addColumn('run', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('attempt', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('created_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
    .addColumn('started_at', 'timestamptz')
    .addColumn('ended_at', 'timestamptz')
    .execute();
  await database.schema.createIndex('job_caller').on('job').columns(['caller', 'created_at', 'id']).execute();
  await database.schema.createIndex('job_ended_at').on('job').column('ended_at').execute();
  await database.schema
    .createTable('job_row')
    .addColumn('job', 'uuid', column => column.notNull().references('job.id').onDelete('cascade'))
    .addColumn('position', 'integer', column => column.notNull())
    .addColumn('line', 'integer')
    .addColumn('input', 'jsonb')
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('retries', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('action', 'text')
    .addColumn('thing', 'jsonb')
    .addColumn('error', 'jsonb')
    .addColumn('settled_at', 'timestamptz')
    .addPrimaryKeyConstraint('job_row_key', ['job', 'position'])
    .execute();
  await database.schema
    .createIndex('job_row_state')
    .on('job_row')
    .columns(['job', 'state', 'position'])
    .execute();
  await database.schema
    .createIndex('job_row_settled_at')
    .on('job_row')
    .columns(['job', 'settled_at'])
    .execute();
}
