/** The tables, as the last migration leaves them. */
import type { ColumnType, Generated } from 'kysely';

type Moment = ColumnType<Date, Date | undefined, Date>;

export interface Tables {
  holder: HolderTable;
  change: ChangeTable;
  call: CallTable;
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
