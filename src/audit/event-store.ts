/** The events of the audit trail in the database. */
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { AuditEventTable, Tables } from '../database/tables.ts';
import type { TrailEvent } from './trail.ts';

/** An event as it is kept. */
export type AuditEventRecord = Omit<Selectable<AuditEventTable>, 'idTexts' | 'ids'> & {
  readonly ids: Readonly<Record<string, unknown>>;
};

/** Which events are wanted; what is absent does not matter. */
export interface AuditEventFilter {
  readonly principal?: string | null | undefined;
  /** AWS's name of the operation. */
  readonly operation?: string | null | undefined;
  /** One of AWS's ids of what was changed, or of what it is in. */
  readonly nativeId?: string | null | undefined;
  readonly outcome?: string | null | undefined;
  /** From this moment on. */
  readonly since?: Date | null | undefined;
  /** Before this moment. */
  readonly until?: Date | null | undefined;
}

/** So many are deleted at a time. */
const SWEPT_AT_A_TIME = 10_000;

export class EventStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Keeps events; one that is kept already, since nobody could tell whether it was, is kept once. */
  async add(events: readonly TrailEvent[]): Promise<void> {
    await this.#db
      .insertInto('auditEvent')
      .values(events.map(rowOf))
      .onConflict(conflict => conflict.columns(['change', 'event']).doNothing())
      .execute();
  }

  /**
   * The newest events first.
   *
   * @param before The id of one: only those that were kept before it.
   */
  async list(
    limit: number,
    before: string | undefined,
    { principal, operation, nativeId, outcome, since, until }: AuditEventFilter,
  ): Promise<AuditEventRecord[]> {
    let query = this.#db
      .selectFrom('auditEvent')
      .select([
        'id',
        'time',
        'change',
        'event',
        'requestId',
        'principal',
        'mutation',
        'provider',
        'operation',
      ])
      .select(['ids', 'outcome', 'settled', 'code', 'providerCode', 'awsRequestId']);
    if (before !== undefined) query = query.where('id', '<', before);
    if (principal != null) query = query.where('principal', '=', principal);
    if (operation != null) query = query.where('operation', '=', operation);
    if (nativeId != null) query = query.where('idTexts', '@>', sql<string[]>`array[${nativeId}]::text[]`);
    if (outcome != null) query = query.where('outcome', '=', outcome);
    if (since != null) query = query.where('time', '>=', since);
    if (until != null) query = query.where('time', '<', until);
    return (await query.orderBy('id', 'desc').limit(limit).execute()) as AuditEventRecord[];
  }

  /** Deletes what is older than so many days. */
  async sweep(days: number): Promise<void> {
    let deleted: bigint | undefined;
    do {
      const old = this.#db
        .selectFrom('auditEvent')
        .select('id')
        .where('time', '<', sql<Date>`now() - make_interval(days => ${days})`)
        .limit(SWEPT_AT_A_TIME);
      ({ numAffectedRows: deleted } = await sql`delete from audit_event where id in (${old})`.execute(
        this.#db,
      ));
    } while (deleted === BigInt(SWEPT_AT_A_TIME));
  }
}

function rowOf(event: TrailEvent): Insertable<AuditEventTable> {
  const { time, id, event: kind, ids, settled, mutation, outcome, code, providerCode, awsRequestId } = event;
  return {
    time: new Date(time),
    change: id,
    event: kind,
    requestId: event.requestId,
    principal: event.principal,
    mutation: mutation ?? null,
    provider: event.provider,
    operation: event.operation,
    ids: JSON.stringify(ids),
    idTexts: [...new Set(textsIn(ids))],
    outcome: outcome ?? null,
    settled: settled ?? false,
    code: code ?? null,
    providerCode: providerCode ?? null,
    awsRequestId: awsRequestId ?? null,
  };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
