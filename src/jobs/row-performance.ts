/** Performs one row of a job, as often as it takes. */
import { ApiError, inTerms, ProviderFailureError } from '../errors.ts';
import type { IdempotencyKeys } from '../ledger/index.ts';
import type { Context } from '../schema/context.ts';
import type { ImportKind, Thing } from './job-kind.ts';
import type { JobRun } from './job-run.ts';
import type { RowOutcome, RowRecord, Started } from './job-store.ts';
import { patiently } from './patience.ts';
import { rechecked } from './rechecked.ts';
import { keptOf, unforeseen } from './row-error.ts';

export interface RowPerformer {
  readonly kind: ImportKind;
  readonly started: Started;
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
  try {
    const done = await patiently(() => once(performer, row), performer.signal);
    return done && { state: 'SUCCEEDED', ...done };
  } catch (error) {
    if (error instanceof ApiError) return outcomeOf(error);
    performer.bug(error);
    // It may have come after a call.
    return outcomeOf(unforeseen(true));
  }
}

/** What a try before has done stays done; what AWS refused then is asked for again, as long as the row has no outcome. */
async function once(
  { kind, started, run, keys, newContext }: RowPerformer,
  row: RowRecord,
): Promise<Pick<RowOutcome, 'action' | 'thing'>> {
  const { job, attempt } = started;
  const { position, input } = row;
  const change = await keys.begin({
    caller: ['job', job.id],
    operation: job.operation,
    key: String(position),
    input,
    again: true,
  });
  const context = newContext();
  const given = input as object;
  const plan = { thing: row.thing as Thing | null, subject: row.subject };
  const recheck = row.plannedIn === attempt ? undefined : kind.recheck;
  context.memory = recheck ? rechecked(change, () => recheck(given, run, plan)) : change;
  try {
    const key = `${job.id}-${position}`;
    const performing = kind.perform(given, run, context, key, plan);
    const { action, thing } = await inTerms(performing, kind.moves?.(given) ?? []);
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
