/**
 * The jobs and their rows, and how each changes its state; what there is of them, `job-queries.ts` tells.
 *
 * A job:
 *
 *     (nothing) ── create ──► RECEIVING ── received ─┬─ some rows have faults ──► INVALID
 *                                 │                  ├─ only a trial, and nothing to look up ──► PLANNED
 *                                 │                  └─ otherwise ──► QUEUED
 *                                 ├── discard: the source is refused ──► (nothing)
 *                                 └── its process ended before: create of the same, sweep ──► (nothing)
 *
 *     QUEUED ── start ──► RUNNING ─┬─ finish ──► COMPLETED, or PLANNED if it is only a trial
 *       ▲ │ ◄── giveBack ─┤        ├─ stop: a brake ──► STOPPED
 *       │ │               │        ├─ fail: what it reads is refused, or does not come for minutes; a bug ──► FAILED
 *       │ │               └─ start ┤  its process died, or the database was away for it: another goes on, or the same
 *       │ ├─ cancel ──► CANCELLED  └─ cancel ──► CANCELLING ─┬─ finish, fail ──► CANCELLED
 *       │ └─ cancel: rows were begun ──────────────►    ▲    │
 *       │                                               └────┘  start, as above: to find out what became of rows, and end it
 *       ├─ hasten ── QUEUED: a worker is free that its caller does not have by right; it is its turn, or that of another. RUNNING
 *       │            and CANCELLING likewise, whose process died; they stay so
 *       └─ retry ── COMPLETED or CANCELLED, if there are rows that did not succeed; STOPPED, if some are UNKNOWN; FAILED;
 *                   CANCELLED, of an export
 *
 *     every state at its end ── some days later: sweep ──► (nothing)
 *
 * giveBack is for the jobs of others that wait, of a caller that has more than its half of the workers.
 *
 * A row:
 *
 *     (nothing) ── add ──► INVALID
 *     (nothing) ── add ──► WAITING ─┬─ settle ──► SUCCEEDED, FAILED or UNKNOWN; FAILED of a trial
 *                          ▲ ▲      ├─ finish of a trial, or received as PLANNED ──► PLANNED
 *                          │ │      ├─ the job is cancelled, invalid, stopped or failed ──► CANCELLED; UNKNOWN, if the ledger has
 *                          │ │      │  that calls of it were sent, which AWS did or may have done, and it was not found out
 *                          │ │      ├─ failRepeats: another of the job is about the same ──► FAILED
 *                          │ └ plan ┘  what it would do is written beside it, of some kinds, and in which attempt that was
 *                          │           found out: whoever performs it in another looks once more whether it may
 *                          └─ retry ── FAILED, UNKNOWN or CANCELLED
 *     (nothing) ── addMade ──► SUCCEEDED ── clear: it is made anew; fail ──► (nothing): rows that exports make
 *
 * When all rows are planned that wait, a brake is asked, if the kind has one. How many it let pass is written of the job
 * (letPass), so that who goes on with some of them, or tries them again, does not ask it about them again.
 *
 * That a row is under way is written nowhere: its calls are in the ledger, so that whoever performs it again finds out
 * what became of them. What is written of a job that runs is conditional on the attempt's number.
 */
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { isAlive } from '../database/holder.ts';
import type { JobRowTable, JobTable, Tables } from '../database/tables.ts';
import { isKnown, wasSent } from '../ledger/sent.ts';
import type { MadeRow, Planned } from './job-kind.ts';
import { isLeft, JobQueries, type Kept } from './job-queries.ts';
import { keptOf, leftInDoubt } from './row-error.ts';

export type JobState =
  | 'RECEIVING'
  | 'INVALID'
  | 'PLANNED'
  | 'QUEUED'
  | 'RUNNING'
  | 'STOPPED'
  | 'FAILED'
  | 'CANCELLING'
  | 'CANCELLED'
  | 'COMPLETED';

export type RowState = 'INVALID' | 'PLANNED' | 'WAITING' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN' | 'CANCELLED';

export type JobRecord = Selectable<JobTable> & { readonly state: JobState };

/** What is told of a row; what was given of it, only those read who do something with it. */
export type RowRecord = Omit<Selectable<JobRowTable>, 'input'> & { readonly state: RowState };

export type NewJob = Pick<
  JobRecord,
  'id' | 'operation' | 'caller' | 'scopes' | 'about' | 'bounds' | 'world' | 'inputHash' | 'dryRun'
> & {
  readonly authority: object;
  readonly options: object;
};

/** What came of a row. */
export interface RowOutcome {
  readonly state: 'PLANNED' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN';
  readonly action?: string | undefined;
  readonly thing?: object | undefined;
  readonly error?: object | undefined;
  /** Its error if calls of it were sent before, so that it is unknown what became of it. */
  readonly ifSent?: object | undefined;
}

/** A row that fails, and its error. */
export interface FailedRow {
  readonly position: number;
  readonly error: object;
}

/** A job that this process works on. */
export interface Started {
  readonly job: JobRecord;
  readonly attempt: number;
}

/** A job that is to be worked on: whose it is, what made it, and how often it was queued. */
export type QueuedJob = Pick<JobRecord, 'id' | 'run' | 'caller' | 'operation'>;

/** So many jobs are deleted at a time, each of which may have 100,000 rows, so that no statement takes too long. */
const SWEPT_AT_A_TIME = 5;

/** So many rows are changed by one statement, for the same reason; all of a job, which may have 100,000, in one transaction. */
const CHANGED_AT_A_TIME = 10_000;

const RETRIED = ['FAILED', 'UNKNOWN', 'CANCELLED'] as const;

export class JobStore {
  readonly #db: Kysely<Tables>;
  readonly #holder: string;

  /** @param holder Stands for this process. */
  constructor(db: Kysely<Tables>, holder: string) {
    this.#db = db;
    this.#holder = holder;
  }

  /**
   * Makes a job that receives its rows, unless there is one of that id.
   *
   * @param check Is told what the caller has, and throws if that is enough.
   */
  create({ authority, options, ...job }: NewJob, check: (kept: Kept) => void): Promise<boolean> {
    return this.#alone(job.caller, async db => {
      const queries = new JobQueries(db);
      await this.#deleteLeft(db, job.id);
      if (await queries.find(job.id)) return false;
      check(await queries.keptOf(job.caller));
      const values = { ...job, authority: JSON.stringify(authority), options: JSON.stringify(options) };
      await db
        .insertInto('job')
        .values({ ...values, state: 'RECEIVING', holder: this.#holder })
        .execute();
      return true;
    });
  }

  /** Deletes jobs whose receiver is gone; one alone, if that is given. */
  async #deleteLeft(db: Kysely<Tables>, job: string | null = null): Promise<void> {
    await sql`
      delete from job using job as old left join holder on holder.id = old.holder
      where job.id = old.id and old.state = 'RECEIVING' and (${isAlive}) is not true
        and (${job}::uuid is null or old.id = ${job})`.execute(db);
  }

  /** Does what depends on how much a caller has, while no process does so for the same caller. */
  #alone<Result>(caller: string, act: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    return this.#db.transaction().execute(async db => {
      // A statement of its own: one that waited for the lock would not see what was committed meanwhile.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`jobs of ${caller}`}, 0))`.execute(db);
      return act(db);
    });
  }

  /** Adds rows, each as text; see row-text.ts. */
  async add(job: string, rows: readonly string[]): Promise<void> {
    await sql`
      insert into job_row (job, position, line, input, error, state)
      select ${job}, position, line, input, error, state
      from jsonb_to_recordset(${`[${rows.join()}]`}::jsonb)
        as given(position integer, line integer, input jsonb, error jsonb, state text)`.execute(this.#db);
  }

  /**
   * Ends the receiving: the job has all its rows.
   *
   * @param scopes What it and its rows took.
   * @param check Is told what the caller has in others that were received, since they may have come side by side.
   */
  async received(
    { id, caller }: Pick<NewJob, 'id' | 'caller'>,
    to: 'INVALID' | 'PLANNED' | 'QUEUED',
    scopes: readonly string[],
    check: (kept: Kept) => void,
  ): Promise<void> {
    await this.#alone(caller, async db => {
      check(await new JobQueries(db).keptOf(caller, 'received'));
      const ready = await sql`
        update job set state = ${to}, scopes = ${[...scopes]}, holder = null, run = run + 1, ended_at = case when ${to} <> 'QUEUED' then now() end
        where id = ${id} and state = 'RECEIVING' returning id`.execute(db);
      if (ready.rows.length === 0 || to === 'QUEUED') return;
      const state = to === 'PLANNED' ? 'PLANNED' : 'CANCELLED';
      await changeRows(db, id, { set: sql`state = ${state}, input = null`, where: isWaiting });
    });
  }

  /** Takes back a job that could not be received. */
  async discard(job: string): Promise<void> {
    await this.#db.deleteFrom('job').where('id', '=', job).where('state', '=', 'RECEIVING').execute();
  }

  /**
   * Begins to work on a job, or goes on with one; undefined when there is nothing to do with it.
   *
   * @param run As what it was queued: it may have been queued anew since.
   */
  async start(job: string, run: number): Promise<Started | undefined> {
    const found = await this.#db
      .updateTable('job')
      .set({
        state: sql`case state when 'QUEUED' then 'RUNNING' else state end`,
        startedAt: sql<Date>`coalesce(started_at, now())`,
        begunAt: sql<Date>`now()`,
        attempt: sql`attempt + 1`,
        holder: this.#holder,
      })
      .where('id', '=', job)
      .where('run', '=', run)
      .where('state', 'in', ['QUEUED', 'RUNNING', 'CANCELLING'])
      .returningAll()
      .executeTakeFirst();
    return found && { job: found as JobRecord, attempt: found.attempt };
  }

  /** Queues a job anew that is worked on, and of which nothing is under way; undefined when that is not so. */
  async giveBack({ job, attempt }: Started): Promise<QueuedJob | undefined> {
    return this.#db
      .updateTable('job')
      .set({ state: 'QUEUED', run: sql`run + 1`, holder: null })
      .where('id', '=', job.id)
      .where('attempt', '=', attempt)
      .where('state', '=', 'RUNNING')
      .returning(['id', 'run', 'caller', 'operation'])
      .executeTakeFirst();
  }

  /** Queues a job anew that waits, for its turn or since its process died; undefined when it does not any more. */
  async hasten({ id, run }: Pick<QueuedJob, 'id' | 'run'>): Promise<QueuedJob | undefined> {
    return this.#db
      .updateTable('job')
      .set({ run: run + 1 })
      .where('id', '=', id)
      .where('run', '=', run)
      .where(sql<boolean>`(state = 'QUEUED' or ${isLeft})`)
      .returning(['id', 'run', 'caller', 'operation'])
      .executeTakeFirst();
  }

  /** Takes away the rows that a job made. */
  async clear({ job, attempt }: Started): Promise<void> {
    await sql`
      delete from job_row using job where job_row.job = job.id and job.id = ${job.id} and attempt = ${attempt}`.execute(
      this.#db,
    );
  }

  /** Adds rows that a job made, of which the first one has this position. */
  async addMade({ job, attempt }: Started, first: number, rows: readonly MadeRow[]): Promise<void> {
    const values = rows.map(({ input, thing }, at) => ({ position: first + at, input, thing }));
    await sql`
      insert into job_row (job, position, input, thing, state, action, settled_at)
      select job.id, position, given.input, given.thing, 'SUCCEEDED', 'EXPORT', now()
      from job, jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as given(position integer, input jsonb, thing jsonb)
      where job.id = ${job.id} and job.attempt = ${attempt}`.execute(this.#db);
  }

  /** Whether this process is still the one to work on a job, and on which state it is. */
  async stateOf({ job, attempt }: Started): Promise<JobState | undefined> {
    const found = await this.#db
      .selectFrom('job')
      .select('state')
      .where('id', '=', job.id)
      .where('attempt', '=', attempt)
      .executeTakeFirst();
    return found?.state as JobState | undefined;
  }

  /** Writes what a row would do. */
  async plan({ job, attempt }: Started, position: number, planned: Planned): Promise<void> {
    const { action, thing } = planned;
    const subject = planned.subject ?? (thing && `${thing.type} ${thing.key}`);
    await this.#db
      .updateTable('jobRow')
      .from('job')
      .set({ action, thing: JSON.stringify(thing), subject, plannedIn: attempt })
      .whereRef('jobRow.job', '=', 'job.id')
      .where('job.id', '=', job.id)
      .where('job.attempt', '=', attempt)
      .where('position', '=', position)
      .where('jobRow.state', '=', 'WAITING')
      .execute();
  }

  /** Fails rows that wait and are about the same as others. */
  async failRepeats({ job, attempt }: Started, repeats: readonly FailedRow[]): Promise<void> {
    await sql`
      update job_row set state = 'FAILED', action = null, thing = null, error = repeat.error, settled_at = now()
      from job, jsonb_to_recordset(${JSON.stringify(repeats)}::jsonb) as repeat(position integer, error jsonb)
      where job_row.job = job.id and job.id = ${job.id} and attempt = ${attempt}
        and job_row.position = repeat.position and job_row.state = 'WAITING'`.execute(this.#db);
  }

  /** Writes what came of a row. What was given is kept where it can be tried again. */
  async settle({ job, attempt }: Started, position: number, outcome: RowOutcome): Promise<void> {
    const { state, action, thing, error, ifSent } = outcome;
    if (ifSent && (await this.#settleIfSent({ job, attempt }, position, ifSent))) return;
    await this.#db
      .updateTable('jobRow')
      .from('job')
      .set({
        state,
        // What may have been done is looked for as what it was planned as.
        ...(state !== 'UNKNOWN' && {
          action: action ?? null,
          thing: thing ? JSON.stringify(thing) : null,
        }),
        error: error ? JSON.stringify(error) : null,
        ...(state === 'SUCCEEDED' || state === 'PLANNED' ? { input: null } : {}),
        settledAt: sql<Date>`now()`,
      })
      .whereRef('jobRow.job', '=', 'job.id')
      .where('job.id', '=', job.id)
      .where('job.attempt', '=', attempt)
      .where('position', '=', position)
      .where('jobRow.state', '=', 'WAITING')
      .execute();
  }

  /** Writes that it is unknown what came of a row, if calls of it were sent; false when that is not so. */
  async #settleIfSent({ job, attempt }: Started, position: number, error: object): Promise<boolean> {
    const { numUpdatedRows: updated } = await this.#db
      .updateTable('jobRow')
      .from('job')
      .set({ state: 'UNKNOWN', error: JSON.stringify(error), settledAt: sql<Date>`now()` })
      .whereRef('jobRow.job', '=', 'job.id')
      .where('job.id', '=', job.id)
      .where('job.attempt', '=', attempt)
      .where('jobRow.position', '=', position)
      .where('jobRow.state', '=', 'WAITING')
      .where(wasSent)
      .executeTakeFirstOrThrow();
    return updated > 0n;
  }

  /** Ends a job of which nothing is left to do. */
  finish({ job, attempt }: Started): Promise<void> {
    return this.#db.transaction().execute(async db => {
      const { rows } = await sql<{ readonly state: JobState }>`
        update job set ended_at = now(), state = case
          when state = 'CANCELLING' then 'CANCELLED' when dry_run then 'PLANNED' else 'COMPLETED' end
        where id = ${job.id} and attempt = ${attempt} and state in ('RUNNING', 'CANCELLING')
        returning state`.execute(db);
      if (rows[0]?.state === 'PLANNED') {
        const state = sql`case when ${isWaiting} then 'PLANNED' else state end`;
        await changeRows(db, job.id, {
          set: sql`state = ${state}, input = null`,
          where: sql`input is not null`,
        });
      } else if (rows[0]) await leaveRows(db, job.id);
    });
  }

  /** Ends a job before it changes anything. What it does not try again is erased. */
  stop({ job, attempt }: Started, reason: string): Promise<void> {
    return this.#db.transaction().execute(async db => {
      const { rows } = await sql`
        update job set state = 'STOPPED', reason = ${reason}, ended_at = now()
        where id = ${job.id} and attempt = ${attempt} and state = 'RUNNING' returning id`.execute(db);
      if (rows.length === 0) return;
      await leaveRows(db, job.id, 'erase');
      await changeRows(db, job.id, {
        set: sql`input = null`,
        where: sql`state = 'FAILED' and input is not null`,
      });
    });
  }

  /** Writes how many things the brakes let it change. */
  async letPass({ job, attempt }: Started, count: number): Promise<void> {
    await this.#db
      .updateTable('job')
      .set({ letPass: count })
      .where('id', '=', job.id)
      .where('attempt', '=', attempt)
      .execute();
  }

  /** Ends a job that cannot go on: what it made is no whole, and is taken away. */
  fail({ job, attempt }: Started, error: object): Promise<void> {
    return this.#db.transaction().execute(async db => {
      const { rows } = await sql<{ readonly state: JobState }>`
        update job set ended_at = now(),
          state = case when state = 'CANCELLING' then 'CANCELLED' else 'FAILED' end,
          error = case when state = 'CANCELLING' then null else ${JSON.stringify(error)}::jsonb end
        where id = ${job.id} and attempt = ${attempt} and state in ('RUNNING', 'CANCELLING')
        returning state`.execute(db);
      if (!rows[0]) return;
      await leaveRows(db, job.id);
      if (rows[0].state === 'FAILED')
        await sql`delete from job_row where job = ${job.id} and action = 'EXPORT'`.execute(db);
    });
  }

  /** Cancels a job; false when it has ended otherwise. */
  cancel(job: string): Promise<boolean> {
    return this.#db.transaction().execute(async db => {
      const found = await this.#held(db, job, ['QUEUED', 'RUNNING', 'CANCELLING', 'CANCELLED']);
      if (found?.state === 'QUEUED' && !(await isBegun(db, job))) {
        await sql`update job set state = 'CANCELLED', ended_at = now() where id = ${job}`.execute(db);
        await leaveRows(db, job);
      } else if (found?.state === 'QUEUED' || found?.state === 'RUNNING') {
        await sql`update job set state = 'CANCELLING' where id = ${job}`.execute(db);
      }
      return found !== undefined;
    });
  }

  /**
   * Queues the rows again that did not succeed, and what failed as a whole; false when there is nothing of that.
   *
   * @param authority In whose name they are performed from now on.
   */
  retry(job: string, authority: object): Promise<boolean> {
    return this.#db.transaction().execute(async db => {
      const found = await this.#held(db, job, ['COMPLETED', 'CANCELLED', 'FAILED', 'STOPPED']);
      if (!found) return false;
      // What a brake has stopped is not done by this job.
      const which = found.state === 'STOPPED' ? ['UNKNOWN'] : RETRIED;
      const again = await changeRows(db, job, {
        // What was not done is looked up anew: it may be protected by now, or gone.
        set: sql`state = 'WAITING', error = null, settled_at = null,
          action = case when state = 'UNKNOWN' then action end,
          thing = case when state = 'UNKNOWN' then thing end,
          subject = case when state = 'UNKNOWN' then subject end`,
        where: sql`state in (${sql.join(which)}) and input is not null`,
      });
      const isExport = found.operation.startsWith('export');
      if (again === 0n && found.state !== 'FAILED' && !(found.state === 'CANCELLED' && isExport))
        return false;
      await sql`
        update job set state = 'QUEUED', authority = ${JSON.stringify(authority)}, run = run + 1, ended_at = null, error = null, reason = null
        where id = ${job}`.execute(db);
      return true;
    });
  }

  /** A job in one of these states, in which it stays until the transaction ends. */
  async #held(
    db: Kysely<Tables>,
    job: string,
    states: readonly JobState[],
  ): Promise<Pick<JobRecord, 'state' | 'operation'> | undefined> {
    const found = await db
      .selectFrom('job')
      .select(['state', 'operation'])
      .where('id', '=', job)
      .where('state', 'in', states)
      .forUpdate()
      .executeTakeFirst();
    return found as Pick<JobRecord, 'state' | 'operation'> | undefined;
  }

  /**
   * Deletes jobs whose receiver is gone, and those that ended long ago; before, what callers gave of rows that failed.
   *
   * @param hours How long a job is kept after its end.
   * @param exportHours How long those are kept that hold what they exported.
   */
  async sweep(hours: number, exportHours: number): Promise<void> {
    await this.#deleteLeft(this.#db);
    let deleted: bigint | undefined;
    do {
      ({ numAffectedRows: deleted } = await sql`
        delete from job where id in (
          select id from job where ended_at < now() - make_interval(hours => ${hours})
            or (ended_at < now() - make_interval(hours => ${exportHours}) and operation like 'export%')
          limit ${SWEPT_AT_A_TIME}
        )`.execute(this.#db));
    } while (deleted === BigInt(SWEPT_AT_A_TIME));
  }
}

const isWaiting = sql`state = 'WAITING'`;

interface RowChange {
  readonly set: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
}

/** Changes those rows of a job that a condition holds for; how many they were. */
async function changeRows(db: Kysely<Tables>, job: string, { set, where }: RowChange): Promise<bigint> {
  const { last } = await db
    .selectFrom('jobRow')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('job', '=', job)
    .executeTakeFirstOrThrow();
  let changed = 0n;
  for (let first = 0; first <= (last ?? -1); first += CHANGED_AT_A_TIME) {
    const { numAffectedRows = 0n } = await sql`
      update job_row set ${set}
      where job = ${job} and position >= ${first} and position < ${first + CHANGED_AT_A_TIME} and ${where}`.execute(
      db,
    );
    changed += numAffectedRows;
  }
  return changed;
}

/** Whether something was done of a row that waits, or may have been. */
async function isBegun(db: Kysely<Tables>, job: string): Promise<boolean> {
  if (!(await isKnown(db, job))) return false;
  const { rows } = await sql`
    select from job_row where job = ${job} and ${isWaiting} and ${wasSent} limit 1`.execute(db);
  return rows.length > 0;
}

/**
 * Ends rows that wait when their job has ended: that one was left out is told only if nothing was sent of it.
 *
 * @param inputs Whether those that were left out can be tried again.
 */
async function leaveRows(db: Kysely<Tables>, job: string, inputs: 'keep' | 'erase' = 'keep'): Promise<void> {
  if (await isKnown(db, job)) {
    await changeRows(db, job, {
      set: sql`state = 'UNKNOWN', error = ${JSON.stringify(keptOf(leftInDoubt()))}, settled_at = now()`,
      where: sql`${isWaiting} and ${wasSent}`,
    });
  }
  const kept = inputs === 'keep' ? sql`` : sql`, input = null`;
  await changeRows(db, job, { set: sql`state = 'CANCELLED', error = null${kept}`, where: isWaiting });
}
