/** What there is of jobs and their rows, for whoever asks: nothing here changes any. */
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { isAlive } from '../database/holder.ts';
import type { JobRowTable, Tables } from '../database/tables.ts';
import { wasSent } from '../ledger/sent.ts';
import type { JobRecord, QueuedJob, RowRecord, RowState } from './job-store.ts';

/** Who looks at jobs. */
export interface Viewer {
  /** Whose jobs; everybody's if undefined. */
  readonly caller: string | undefined;
  /** All scopes that it has. */
  readonly scopes: readonly string[];
  /** Patterns of the resources that it is limited to; undefined when it is not limited. */
  readonly bounds: readonly string[] | undefined;
}

/** A job, and whether whoever looks at it may see it. */
export interface LookedAt {
  readonly job: JobRecord;
  readonly isVisible: boolean;
}

/** A row that is to be performed. */
export interface WaitingRow extends RowRecord {
  readonly input: JobRowTable['input'];
  /** Whether something of it was done before, or may have been. */
  readonly begun: boolean;
}

/** A row that is about the same as another. */
export interface Repeat extends Pick<WaitingRow, 'position' | 'input'> {
  /** Where the other is. */
  readonly place: string;
}

/** What there is of a caller's jobs. */
export interface Kept {
  readonly jobs: number;
  readonly rows: number;
}

/** How many rows of a job are in each state. */
export type RowCounts = Readonly<Partial<Record<RowState, number>>>;

/** What a job has come to. */
export interface Progress {
  readonly counts: RowCounts;
  /** Rows that came to an outcome in the last seconds, of those since the work on the job began, for each second. */
  readonly rowsPerSecond: number;
}

/** The seconds over which the rate is counted: at most, and as soon as something was done. */
const RATE_SECONDS = 10;
const MIN_RATE_SECONDS = 1;

/** The job of a caller that has waited longest. */
export interface CallersJob extends QueuedJob {
  /** When a job of the caller's began last; null if none has. */
  readonly served: Date | null;
  readonly since: Date;
  /** How many jobs of the caller's are worked on, by whichever process. */
  readonly workers: number;
}

/** Whether the process that worked on a job is dead, or has left it, so that another has to go on. */
export const isLeft = sql<boolean>`(
  state in ('RUNNING', 'CANCELLING') and job.holder is not null
  and not exists (select from holder where holder.id = job.holder and ${isAlive})
)`;

/** What a {@link RowRecord} has. */
const told = [
  'job',
  'position',
  'line',
  'state',
  'action',
  'thing',
  'subject',
  'plannedIn',
  'error',
  'settledAt',
] as const satisfies readonly (keyof RowRecord)[];

/** So many bytes of rows are read at a time, or one row: values take up to 17 times the memory. */
const BYTES_AT_A_TIME = 524_288;

/** How many bytes of a column the rows before one have. It is kept uncompressed, so that no row has to be read for that. */
function bytesBefore(column: 'input' | 'error'): RawBuilder<string> {
  return sql`sum(pg_column_size(${sql.ref(column)})) over (order by position rows between unbounded preceding and 1 preceding)`;
}

const areFew = sql<boolean>`coalesce(bytes_before, 0) < ${sql.lit(BYTES_AT_A_TIME)}`;

export class JobQueries {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /**
   * How many jobs a caller has, and how many rows they have: each has all positions up to its last one.
   *
   * @param which Whether those count whose rows still come.
   */
  async keptOf(caller: string, which: 'all' | 'received' = 'all'): Promise<Kept> {
    const { rows } = await sql<Kept>`
      select count(*)::int as jobs, coalesce(sum(last.position + 1), 0)::int as rows
      from job left join lateral (
        select position from job_row where job_row.job = job.id order by position desc limit 1
      ) as last on true
      where caller = ${caller} and (${which} = 'all' or state <> 'RECEIVING')`.execute(this.#db);
    return rows[0] ?? { jobs: 0, rows: 0 };
  }

  async find(job: string): Promise<JobRecord | undefined> {
    const found = await this.#db.selectFrom('job').selectAll().where('id', '=', job).executeTakeFirst();
    return found as JobRecord | undefined;
  }

  /** Jobs by their ids, in their order; undefined for each that does not exist. */
  async findEach(jobs: readonly string[]): Promise<readonly (JobRecord | undefined)[]> {
    const found = await this.#db.selectFrom('job').selectAll().where('id', 'in', jobs).execute();
    const byId = new Map(found.map(job => [job.id, job as JobRecord]));
    return jobs.map(job => byId.get(job));
  }

  /** The same jobs, with whether a viewer may see them. */
  async lookAtEach(jobs: readonly string[], viewer: Viewer): Promise<readonly (LookedAt | undefined)[]> {
    const found = await this.#db
      .selectFrom('job')
      .selectAll()
      .select(visibleTo(viewer).as('isVisible'))
      .where('id', 'in', jobs)
      .execute();
    const byId = new Map(
      found.map(({ isVisible, ...job }) => [
        job.id,
        { job: job as JobRecord, isVisible: isVisible === true },
      ]),
    );
    return jobs.map(job => byId.get(job));
  }

  /**
   * Jobs, the newest first.
   *
   * @param before Only those that come after this one.
   */
  async list(viewer: Viewer, limit: number, before?: string): Promise<readonly JobRecord[]> {
    let query = this.#db.selectFrom('job').selectAll().orderBy('createdAt', 'desc').orderBy('id', 'desc');
    query = query.where(visibleTo(viewer));
    if (before !== undefined) {
      query = query.where(
        sql<boolean>`(created_at, id) < (select created_at, id from job as last where last.id = ${before})`,
      );
    }
    return (await query.limit(limit).execute()) as JobRecord[];
  }

  /** Rows of a job in the order of their positions. */
  async rows(
    job: string,
    limit: number,
    {
      after = -1,
      states,
    }: { readonly after?: number; readonly states?: readonly RowState[] | undefined } = {},
  ): Promise<readonly RowRecord[]> {
    const some = this.#db
      .selectFrom('jobRow')
      .select(told)
      .where('job', '=', job)
      .where('position', '>', after)
      .orderBy('position')
      .limit(limit);
    if (!states) return (await some.execute()) as RowRecord[];
    // The first of each state are found by an index, however few there are of all.
    const found = await this.#db
      .selectFrom(
        sql<{ state: RowState }>`unnest(${[...new Set(states)]}::text[])`.as<'wanted'>(sql`wanted (state)`),
      )
      .innerJoinLateral(some.where('state', '=', sql.ref<string>('wanted.state')).as('row'), join =>
        join.onTrue(),
      )
      .selectAll('row')
      .orderBy('position')
      .limit(limit)
      .execute();
    return found as RowRecord[];
  }

  /** As many of the next rows as are read at a time. */
  async someRows(job: string, limit: number, after: number): Promise<readonly RowRecord[]> {
    const next = this.#db
      .selectFrom('jobRow')
      .select([...told, bytesBefore('error').as('bytesBefore')])
      .where('job', '=', job)
      .where('position', '>', after)
      .orderBy('position')
      .limit(limit);
    const some = this.#db.selectFrom(next.as('row')).select(told).where(areFew).orderBy('position');
    return (await some.execute()) as RowRecord[];
  }

  /** The same of what was given of them, or made. */
  async someInputs(
    job: string,
    limit: number,
    after: number,
  ): Promise<readonly Pick<WaitingRow, 'position' | 'input'>[]> {
    const next = this.#db
      .selectFrom('jobRow')
      .select(['position', 'input', bytesBefore('input').as('bytesBefore')])
      .where('job', '=', job)
      .where('position', '>', after)
      .orderBy('position')
      .limit(limit);
    const some = this.#db
      .selectFrom(next.as('row'))
      .select(['position', 'input'])
      .where(areFew)
      .orderBy('position');
    return (await some.execute()) as Pick<WaitingRow, 'position' | 'input'>[];
  }

  /**
   * As many rows of a job that wait as are read at a time, in the order of their positions.
   *
   * @param which Whether all of them, or those of which something was done before, or may have been.
   */
  async waitingRows(
    job: string,
    limit: number,
    after: number,
    which: 'all' | 'begun' = 'all',
  ): Promise<readonly WaitingRow[]> {
    let query = this.#db
      .selectFrom('jobRow')
      .select([...told, 'input', wasSent.as('begun'), bytesBefore('input').as('bytesBefore')])
      .where('job', '=', job)
      .where('position', '>', after)
      .where('state', '=', 'WAITING')
      .orderBy('position')
      .limit(limit);
    if (which === 'begun') query = query.where(wasSent);
    const some = this.#db
      .selectFrom(query.as('row'))
      .select([...told, 'input', 'begun'])
      .where(areFew)
      .orderBy('position');
    return (await some.execute()) as readonly WaitingRow[];
  }

  /**
   * As many rows as are read at a time of those of a job that wait and are about the same as another, each with that: one that
   * was performed, or begun, or else the first of them.
   */
  async repeats(job: string, limit: number): Promise<readonly Repeat[]> {
    const { rows } = await sql<Repeat>`
      with planned as (
        select position, is_left, first_value(position) over same as first, first_value(line) over same as line
        from (
          select position, line, subject, state = 'WAITING' and not ${wasSent} as is_left from job_row
          where job = ${job} and subject is not null and state in ('WAITING', 'SUCCEEDED', 'UNKNOWN')
        ) as row
        window same as (partition by subject order by is_left, position)
      )
      select position, input, place from (
        select position, input, coalesce('line ' || planned.line, 'row ' || first) as place,
          ${bytesBefore('input')} as bytes_before
        from planned join job_row using (position)
        where job = ${job} and is_left and position <> first
        order by position limit ${limit}
      ) as row where ${areFew} order by position`.execute(this.#db);
    return rows;
  }

  /** How many rows of a job wait of which something was done before, or may have been. */
  async countBegun(job: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('jobRow')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('job', '=', job)
      .where('state', '=', 'WAITING')
      .where(wasSent)
      .executeTakeFirstOrThrow();
    return count;
  }

  async progress(job: string): Promise<Progress> {
    const [progress] = await this.progressOfEach([job]);
    return progress as Progress;
  }

  /** What jobs have come to, in their order. How many rows are in each state is kept with each change of them. */
  async progressOfEach(jobs: readonly string[]): Promise<readonly Progress[]> {
    const { rows } = await sql<{ job: string; counts: RowCounts | null; rate: number }>`
      select id as job,
        (select jsonb_object_agg(state, count) from job_row_count where job = id) as counts,
        (select count(*)::int from job_row where job = id and settled_at > since)
          / greatest(extract(epoch from now() - since)::float8, ${sql.lit(MIN_RATE_SECONDS)}) as rate
      from job, greatest(begun_at, now() - make_interval(secs => ${sql.lit(RATE_SECONDS)})) as since
      where id = any(${jobs}::uuid[])`.execute(this.#db);
    const byJob = new Map(rows.map(({ job, counts, rate }) => [job, { counts, rate }]));
    return jobs.map(job => {
      const { counts, rate = 0 } = byJob.get(job) ?? {};
      return { counts: counts ?? {}, rowsPerSecond: rate };
    });
  }

  /** The job of each caller that has waited longest, for its turn or since its process died, of those that these mutations made. */
  async waiting(operations: readonly string[]): Promise<readonly CallersJob[]> {
    if (operations.length === 0) return [];
    const ofThese = sql`operation in (${sql.join(operations)})`;
    // The others of a caller are looked up once, for thousands may wait.
    const { rows } = await sql<CallersJob>`
      select first.*, others.* from (
        select distinct on (caller) id, run, caller, operation, created_at as since from job
        where (state = 'QUEUED' or ${isLeft}) and ${ofThese} order by caller, created_at
      ) as first cross join lateral (
        select max(started_at) as served,
          (count(*) filter (where state in ('RUNNING', 'CANCELLING') and not ${isLeft}))::int as workers
        from job where caller = first.caller and ${ofThese}
      ) as others`.execute(this.#db);
    return rows;
  }

  /** The jobs that somebody has to work on. */
  async unfinished(): Promise<readonly QueuedJob[]> {
    return this.#db
      .selectFrom('job')
      .select(['id', 'run', 'caller', 'operation'])
      .where('state', 'in', ['QUEUED', 'RUNNING', 'CANCELLING'])
      .execute();
  }
}

/** What a viewer sees: what it has the scopes for, and what is about what it is limited to, or was asked for within that. */
function visibleTo({ caller, scopes, bounds }: Viewer): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`state <> 'RECEIVING'`, sql<SqlBool>`scopes <@ ${[...scopes]}::text[]`];
  if (caller !== undefined) conditions.push(sql<SqlBool>`caller = ${caller}`);
  if (bounds) {
    const patterns = bounds.map(likePattern);
    conditions.push(sql<SqlBool>`(
      exists (select from unnest(about) as part where part like any (${patterns}::text[]))
      or (bounds is not null
        and not exists (select from unnest(bounds) as own where not own like any (${patterns}::text[])))
    )`);
  }
  return sql.join<SqlBool>(conditions, sql` and `);
}

/** A pattern of resources, in which `*` stands for any characters, as PostgreSQL has it. */
function likePattern(pattern: string): string {
  return pattern.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('*', '%');
}
