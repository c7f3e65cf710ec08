/** Events of the audit trail. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('audit_event')
    .addColumn('id', 'bigint', column => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('time', 'timestamptz', column => column.notNull())
    .addColumn('change', 'uuid', column => column.notNull())
    .addColumn('event', 'text', column => column.notNull())
    .addColumn('request_id', 'text', column => column.notNull())
    .addColumn('principal', 'text', column => column.notNull())
    .addColumn('mutation', 'text')
    .addColumn('provider', 'text', column => column.notNull())
    .addColumn('operation', 'text', column => column.notNull())
    .addColumn('ids', 'jsonb', column => column.notNull())
    .addColumn('id_texts', sql`text[]`, column => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('settled', 'boolean', column => column.notNull())
    .addColumn('code', 'text')
    .addColumn('provider_code', 'text')
    .addColumn('aws_request_id', 'text')
    .addUniqueConstraint('audit_event_key', ['change', 'event'])
    .execute();
  await database.schema.createIndex('audit_event_time').on('audit_event').column('time').execute();
  await database.schema
    .createIndex('audit_event_principal')
    .on('audit_event')
    .columns(['principal', 'id'])
    .execute();
  await database.schema
    .createIndex('audit_event_operation')
    .on('audit_event')
    .columns(['operation', 'id'])
    .execute();
  await database.schema
    .createIndex('audit_event_id_texts')
    .on('audit_event')
    .using('gin')
    .column('id_texts')
    .execute();
}
