/** The tables, as the last migration leaves them. */
import type { ColumnType, Generated } from 'kysely';

type Moment = ColumnType<Date, Date | undefined, Date>;

export interface Tables {
  holder: HolderTable;
  change: ChangeTable;
  call: CallTable;
  job: JobTable;
  jobRow: JobRowTable;
  auditEvent: AuditEventTable;
}

/** Processes that work on changes. One that was not seen for a while is dead. */
export interface HolderTable {
  id: string;
  seenAt: Moment;
}

/** Changes that callers gave a key. */
export interface ChangeTable {
  id: Generated<string>;
  /** Keyed hashes: of the caller, the operation and the key; of the input. */
  keyHash: Buffer;
  inputHash: Buffer;
  /** The field of `Mutation`. */
  operation: string;
  /** Who performs it; null when nobody does. */
  holder: string | null;
  /** Counts who performed it, so that one who was taken for dead cannot settle it any more. */
  attempt: Generated<number>;
  settledAt: ColumnType<Date | null, never, Date>;
  expiresAt: Moment;
  /** The row of a job that it is of; nulls of other changes. */
  job: ColumnType<string | null, string | undefined, never>;
  position: ColumnType<number | null, number | undefined, never>;
}

/** The calls to AWS that a change takes. */
export interface CallTable {
  change: string;
  /** A keyed hash of what tells it from the other calls of the change. */
  identity: Buffer;
  /** When it was sent first, by AWS's clock as far as it was known. */
  sentAt: Moment;
  /** What came of it, without profiles; null while nobody knows. */
  outcome: ColumnType<unknown, string | null | undefined, string | null>;
}

/** Bulk jobs. */
export interface JobTable {
  id: string;
  /** The field of `Mutation` that made it. */
  operation: string;
  /** The id of the principal whose it is. */
  caller: string;
  /** In whose name the rows are performed, and what that may do: the job goes on when its token has ended. */
  authority: Json;
  /** The scopes that asking for it took, those of its rows with them: who sees it has all of them. */
  scopes: Generated<string[]>;
  /** What it is about, from the widest to itself, each after the id of its provider. */
  about: Generated<string[]>;
  /** Patterns of the resources that it was asked for within; null if there were no bounds. */
  bounds: string[] | null;
  /** The world of local AWS that it works in. */
  world: string | null;
  /** A keyed hash of what was asked for, to tell a repeat from another job under the same key. */
  inputHash: Buffer;
  /** What holds for all rows. */
  options: Json;
  dryRun: boolean;
  state: string;
  /** Why it was stopped, in words for people. */
  reason: string | null;
  /** How many things the brakes let it change; null before they were asked. */
  letPass: ColumnType<number | null, never, number>;
  /** What it failed of. */
  error: Json;
  /** The process that receives it. */
  holder: string | null;
  /** Counts how often it was queued. */
  run: Generated<number>;
  /** Counts who worked on it, so that one who was taken for dead changes nothing any more. */
  attempt: Generated<number>;
  createdAt: Moment;
  startedAt: ColumnType<Date | null, never, Date>;
  /** When who works on it began; null of jobs that a version without this column began. */
  begunAt: ColumnType<Date | null, never, Date>;
  endedAt: ColumnType<Date | null, never, Date | null>;
}

/** The rows of jobs. */
export interface JobRowTable {
  job: string;
  /** Its place in the source, from 0. */
  position: number;
  /** Where it begins in a file, from 1. */
  line: number | null;
  /** What the caller gave: erased as soon as nothing is left to do with it. */
  input: Json;
  state: string;
  /** What was done. */
  action: string | null;
  /** The type and the native key of what it was done to. */
  thing: Json;
  /** What it is about, when it was planned: of a job, one row may be about a thing. */
  subject: ColumnType<string | null, never, string | null>;
  /** The attempt of the job in which it was planned. */
  plannedIn: ColumnType<number | null, never, number>;
  error: Json;
  settledAt: ColumnType<Date | null, never, Date | null>;
  // And `retries`, which is not used any more: the version before writes it, so that it is dropped in the version after next.
}

/** Events of the audit trail. */
export interface AuditEventTable {
  id: ColumnType<string, never, never>;
  time: ColumnType<Date, Date, never>;
  /** What both events of a change have in common. */
  change: string;
  event: string;
  requestId: string;
  principal: string;
  /** The field of `Mutation`. */
  mutation: string | null;
  provider: string;
  /** AWS's operation. */
  operation: string;
  /** AWS's ids of what is changed, by the names of their members. */
  ids: Json;
  /** All texts in these, to look for. */
  idTexts: string[];
  outcome: string | null;
  settled: boolean;
  code: string | null;
  providerCode: string | null;
  awsRequestId: string | null;
}

type Json = ColumnType<unknown, string | null | undefined, string | null>;
