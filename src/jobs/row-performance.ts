/** Performs one row of a job, as often as it takes. */
import { setTimeout } from 'node:timers/promises';
import { ApiError, ConflictError, ProviderFailureError, ThrottledError } from '../errors.ts';
import type { IdempotencyKeys } from '../ledger/index.ts';
import type { Context } from '../schema/context.ts';
import type { ImportKind, Thing } from './job-kind.ts';
import type { JobRun } from './job-run.ts';
import type { JobRecord, RowOutcome, RowRecord } from './job-store.ts';
import { keptOf } from './row-error.ts';

/** How often a row is tried that AWS refuses for reasons that pass, and how long the pauses get between: five minutes in all. */
const MAX_TRIES = 14;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/** How long to wait for a process that holds a row, and is dead perhaps. */
const HELD_PAUSE_MS = 1_000;

export interface RowPerformer {
  readonly kind: ImportKind;
  readonly job: JobRecord;
  readonly run: JobRun;
  readonly keys: IdempotencyKeys;
  readonly newContext: () => Context;
  /** Is told of an error that nobody foresaw. */
  readonly bug: (error: unknown) => void;
  /** Ends the waits. */
  readonly signal: AbortSignal;
}

/** What comes of a row; undefined when the waiting for it was ended, so that somebody has to perform it again. */
export async function performRow(performer: RowPerformer, row: RowRecord): Promise<RowOutcome | undefined> {
  const { signal } = performer;
  for (let tries = 1; ; ) {
    try {
      return { state: 'SUCCEEDED', ...(await once(performer, row)) };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (isHeld(error)) {
        await pause(HELD_PAUSE_MS, signal);
        continue;
      }
      const known = error instanceof ApiError ? error : unforeseen(error, performer);
      if (!isPassing(known) || tries === MAX_TRIES) return outcomeOf(known);
      await pause(pauseMs(known, tries), signal);
      tries += 1;
    }
  }
}

async function once(
  { kind, job, run, keys, newContext }: RowPerformer,
  row: RowRecord,
): Promise<Pick<RowOutcome, 'action' | 'thing'>> {
  const { position, input, retries } = row;
  const change = await keys.begin({
    caller: ['job', job.id],
    operation: job.operation,
    key: String(position),
    input,
    again: retries > 0,
  });
  const context = newContext();
  context.memory = change;
  try {
    const key = `${job.id}-${position}`;
    const plan = { thing: row.thing as Thing | null, subject: row.subject };
    const { action, thing } = await kind.perform(input as object, run, context, key, plan);
    return { action, thing: thing ?? undefined };
  } finally {
    context.memory = undefined;
    await change.end();
  }
}

function outcomeOf(error: ApiError): RowOutcome {
  const isUnknown = error instanceof ProviderFailureError && error.outcomeUnknown;
  return { state: isUnknown ? 'UNKNOWN' : 'FAILED', error: keptOf(error) };
}

function isHeld(error: unknown): boolean {
  return error instanceof ConflictError && error.reason === 'REQUEST_IN_PROGRESS';
}

/** Whether nothing was changed, and may be another time. */
function isPassing(error: ApiError): boolean {
  return error.retryable && !(error instanceof ProviderFailureError && error.outcomeUnknown);
}

function pauseMs(error: ApiError, tries: number): number {
  const growing = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  const asked = error instanceof ThrottledError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
  // Those that were refused together do not come again together.
  return Math.max(asked, growing / 2) + (Math.random() * growing) / 2;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** It may have come after a call. */
function unforeseen(error: unknown, { bug }: RowPerformer): ApiError {
  bug(error);
  return new ProviderFailureError({
    message:
      'An unexpected error in this gateway, which its log tells more of. What was done of this row is unknown.',
    retryable: false,
    outcomeUnknown: true,
  });
}
