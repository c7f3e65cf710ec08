/**
 * The ledger: changes that callers gave a key, and what became of their calls to AWS.
 *
 * A change:
 *
 *     (nothing) ── begin ──► performing ─┬─ end: no call was sent ──► (nothing)
 *                             ▲ ▲        ├─ end: every call has an outcome ──► settled ── expired ──► (nothing)
 *                             │ │        └─ end: a call has none; its holder dies; leaveOthers: its holder could not write the
 *                             │ │           beginning or the end ──► left ── expired ──► (nothing)
 *                             │ └─ begin: the next holder has the next attempt's number ── left
 *                             └─ begin again: asked for anew by intent, as who retries a job does ── settled
 *
 * Expired is what has lived its hours, and nobody performs: sweep deletes it, or a begin, which makes it anew.
 *
 * A call of it:
 *
 *     (nothing) ── enter ──► sending ─┬─ settle ──► settled ── begin again: AWS had refused it ──► (nothing)
 *                            ▲        ├─ forget: it certainly did nothing, and may another time ──► (nothing)
 *                            └ begin ─┘  the next holder finds it so, and looks at AWS
 *
 *     every call ── with its change ──► (nothing)
 *
 * What was done is not done twice by a change that is begun again: its calls that AWS did stay settled.
 *
 * A change is written by its holder alone: everything is conditional on the attempt's number, so that a process that
 * was taken for dead neither sends nor settles anything of it any more.
 */
import { type Kysely, sql } from 'kysely';
import { isAlive } from '../database/holder.ts';
import type { Tables } from '../database/tables.ts';
import { Superseded } from './superseded.ts';

/** How a change is gone on with that was performed: what AWS refused is tried again, or stays as it is. */
export type Again = 'withRefused' | 'withoutRefused';

/** What a change is told apart by. */
export interface Claim {
  /** Of the caller, the operation and the key. */
  readonly keyHash: Buffer;
  readonly inputHash: Buffer;
  /** The field of `Mutation`. */
  readonly operation: string;
  /** Whether one that was performed is gone on with. */
  readonly again?: Again | undefined;
  /** The row of a job that it is of. */
  readonly row?: ChangedRow | undefined;
}

/** A row of a job. */
export interface ChangedRow {
  readonly job: string;
  readonly position: number;
}

/** A change that this process performs. */
export interface Performed {
  readonly id: string;
  readonly attempt: number;
}

/** A call of a change. */
export interface CallRecord {
  readonly sentAt: Date;
  /** What came of it; absent while nobody knows. */
  readonly outcome: unknown;
}

/** The calls of a change, by their identities in hexadecimal. */
export type CallRecords = ReadonlyMap<string, CallRecord>;

export type Begun =
  /** It is ours to perform; with the calls that were sent before. */
  | { readonly state: 'performing'; readonly change: Performed; readonly calls: CallRecords }
  /** It was performed. */
  | { readonly state: 'settled'; readonly calls: CallRecords }
  /** Somebody performs it at present. */
  | { readonly state: 'inProgress' }
  /** The key belongs to a change with another input. */
  | { readonly state: 'otherInput' };

const none: CallRecords = new Map();

export class Ledger {
  readonly #db: Kysely<Tables>;
  readonly #holder: string;
  readonly #hours: number;

  /**
   * @param holder The id of this process, which is kept alive elsewhere.
   * @param hours How long settled changes are remembered.
   */
  constructor(db: Kysely<Tables>, holder: string, hours: number) {
    this.#db = db;
    this.#holder = holder;
    this.#hours = hours;
  }

  /** Begins a change, or goes on with one that was left. */
  async begin(claim: Claim): Promise<Begun> {
    for (;;) {
      const begun = (await this.#made(claim)) ?? (await this.#found(claim));
      if (begun) return begun;
      // What was there when it was to be made is gone, or changed hands, so it is asked for anew.
    }
  }

  async #made({ keyHash, inputHash, operation, row }: Claim): Promise<Begun | undefined> {
    const change = await this.#db
      .insertInto('change')
      .values({
        keyHash,
        inputHash,
        operation,
        ...row,
        holder: this.#holder,
        expiresAt: sql<Date>`now() + make_interval(hours => ${this.#hours})`,
      })
      .onConflict(conflict => conflict.column('keyHash').doNothing())
      .returning(['id', 'attempt'])
      .executeTakeFirst();
    return change && { state: 'performing', change, calls: none };
  }

  async #found({ keyHash, inputHash, again }: Claim): Promise<Begun | undefined> {
    const found = await this.#db
      .selectFrom('change')
      .leftJoin('holder', 'holder.id', 'change.holder')
      .select(['change.id', 'attempt', 'inputHash', 'settledAt'])
      .select([isAlive.as('held'), sql<boolean>`expires_at <= now()`.as('expired')])
      .where('keyHash', '=', keyHash)
      .executeTakeFirst();
    if (!found) return undefined;
    const { id, attempt } = found;
    if (found.expired && !found.held) {
      await this.#db.deleteFrom('change').where('id', '=', id).where('attempt', '=', attempt).execute();
      return undefined;
    }
    if (!found.inputHash.equals(inputHash)) return { state: 'otherInput' };
    if (found.settledAt) {
      return again
        ? this.#reopened({ id, attempt }, again)
        : { state: 'settled', calls: await this.#callsOf(id) };
    }
    return found.held ? { state: 'inProgress' } : this.#takenOver({ id, attempt });
  }

  async #takenOver({ id, attempt }: Performed): Promise<Begun | undefined> {
    const change = await this.#db
      .updateTable('change')
      .set({ holder: this.#holder, attempt: attempt + 1 })
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('settledAt', 'is', null)
      .returning(['id', 'attempt'])
      .executeTakeFirst();
    return change && { state: 'performing', change, calls: await this.#callsOf(id) };
  }

  async #reopened({ id, attempt }: Performed, again: Again): Promise<Begun | undefined> {
    const { rows } = await sql<Performed>`
      with reopened as (
        update change set holder = ${this.#holder}, attempt = attempt + 1, settled_at = null
        where id = ${id} and attempt = ${attempt} and settled_at is not null returning id, attempt
      ),
      refused as (delete from call using reopened where change = reopened.id and not outcome ? 'answer' and ${again === 'withRefused'})
      select id, attempt from reopened`.execute(this.#db);
    const [change] = rows;
    if (!change) return undefined;
    return { state: 'performing', change, calls: await this.#callsOf(id) };
  }

  async #callsOf(change: string): Promise<CallRecords> {
    const calls = await this.#db.selectFrom('call').selectAll().where('change', '=', change).execute();
    return new Map(
      calls.map(({ identity, sentAt, outcome }) => [identity.toString('hex'), { sentAt, outcome }]),
    );
  }

  /**
   * Enters a call that is about to be sent, unless it stands there from an earlier attempt.
   *
   * @throws Superseded when nothing must be sent.
   */
  async enter({ id, attempt }: Performed, identity: string, sentAt: Date): Promise<void> {
    const { rows } = await sql`
      with held as (select id from change where id = ${id} and attempt = ${attempt} for update),
      entered as (
        insert into call (change, identity, sent_at)
        select id, ${Buffer.from(identity, 'hex')}, ${sentAt} from held on conflict do nothing
      )
      select id from held`.execute(this.#db);
    if (rows.length === 0) throw new Superseded();
  }

  /** Writes what came of a call. Without effect when the change was taken over: its next holder finds it out. */
  async settle({ id, attempt }: Performed, identity: string, outcome: unknown): Promise<void> {
    await this.#db
      .updateTable('call')
      .from('change')
      .set({ outcome: JSON.stringify(outcome) })
      .whereRef('call.change', '=', 'change.id')
      .where('change.id', '=', id)
      .where('attempt', '=', attempt)
      .where('identity', '=', Buffer.from(identity, 'hex'))
      .execute();
  }

  /** Takes back a call that certainly did nothing. */
  async forget({ id, attempt }: Performed, identity: string): Promise<void> {
    await this.#db
      .deleteFrom('call')
      .using('change')
      .whereRef('call.change', '=', 'change.id')
      .where('change.id', '=', id)
      .where('attempt', '=', attempt)
      .where('identity', '=', Buffer.from(identity, 'hex'))
      .execute();
  }

  /** Ends the performance of a change: it is settled when every call has an outcome, and nothing when there is no call. */
  async end({ id, attempt }: Performed): Promise<void> {
    await sql`
      with mine as (select id from change where id = ${id} and attempt = ${attempt} for update),
      calls as (
        select count(*) as sent, count(*) filter (where outcome is null) as open
        from call where change in (select id from mine)
      ),
      gone as (delete from change using calls where change.id in (select id from mine) and sent = 0)
      update change set holder = null, settled_at = case when open = 0 then now() end
      from calls where change.id in (select id from mine) and sent > 0`.execute(this.#db);
  }

  /** Leaves all changes that this process holds, but for those of these keys, to whoever asks for them next. */
  async leaveOthers(keyHashes: readonly Buffer[]): Promise<void> {
    await sql`
      update change set holder = null
      where holder = ${this.#holder} and settled_at is null and not (key_hash = any(${[...keyHashes]}::bytea[]))`.execute(
      this.#db,
    );
  }

  /** Deletes what was remembered long enough. */
  async sweep(): Promise<void> {
    await sql`
      delete from change where id in (
        select change.id from change left join holder on holder.id = change.holder
        where expires_at <= now() and (${isAlive}) is not true limit 10000
      )`.execute(this.#db);
  }
}
