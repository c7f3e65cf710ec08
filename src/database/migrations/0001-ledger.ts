/** Changes that callers gave a key, and their calls to AWS. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('holder')
    .addColumn('id', 'uuid', column => column.primaryKey())
    .addColumn('seen_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
    .execute();
  await database.schema
    .createTable('change')
    .addColumn('id', 'bigint', column => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('key_hash', 'bytea', column => column.notNull().unique())
    .addColumn('input_hash', 'bytea', column => column.notNull())
    .addColumn('operation', 'text', column => column.notNull())
    .addColumn('holder', 'uuid')
    .addColumn('attempt', 'integer', column => column.notNull().defaultTo(1))
    .addColumn('settled_at', 'timestamptz')
    .addColumn('expires_at', 'timestamptz', column => column.notNull())
    .execute();
  await database.schema.createIndex('change_expires_at').on('change').column('expires_at').execute();
  await database.schema
    .createTable('call')
    .addColumn('change', 'bigint', column => column.notNull().references('change.id').onDelete('cascade'))
    .addColumn('identity', 'bytea', column => column.notNull())
    .addColumn('sent_at', 'timestamptz', column => column.notNull())
    .addColumn('outcome', 'jsonb')
    .addPrimaryKeyConstraint('call_key', ['change', 'identity'])
    .execute();
}
