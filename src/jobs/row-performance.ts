/** Performs one row of a job, as often as it takes. */
import { AccessDeniedError, ApiError, inTerms, ProviderFailureError } from '../errors.ts';
import type { IdempotencyKeys, KeyedChange } from '../ledger/index.ts';
import type { Context } from '../schema/context.ts';
import { type Guard, GuardedCalls } from './guarded-calls.ts';
import type { Done, ImportKind, Progress, Thing } from './job-kind.ts';
import type { WaitingRow } from './job-queries.ts';
import type { JobRun } from './job-run.ts';
import type { RowOutcome, Started } from './job-store.ts';
import { patiently } from './patience.ts';
import { brokenOff, inDoubt, keptOf, unforeseen } from './row-error.ts';

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
export async function performRow(performer: RowPerformer, row: WaitingRow): Promise<RowOutcome | undefined> {
  let last: Try = {};
  const once = () => {
    last = {};
    return perform(performer, row, last);
  };
  try {
    const done = await patiently(once, performer.signal);
    return done && succeeded(done);
  } catch (error) {
    if (error instanceof ApiError) return outcomeOf(error, last);
    performer.bug(error);
    // It may have come after a call.
    return outcomeOf(unforeseen(true), last);
  }
}

/** Why calls are not sent that are only looked for. */
const onlyLooked = new AccessDeniedError({ message: 'Nothing more is done of the row.' });

function lookOnly(): never {
  throw onlyLooked;
}

/**
 * What comes of a row that an earlier try has begun, if nothing more of it is sent. Undefined when all of it is left to do,
 * when it is not found out, and when the waiting was ended.
 */
export async function findOutRow(performer: RowPerformer, row: WaitingRow): Promise<RowOutcome | undefined> {
  let last: Try = {};
  const once = () => {
    last = {};
    return perform(performer, row, last, lookOnly);
  };
  try {
    const done = await patiently(once, performer.signal, 1);
    return done && succeeded(done);
  } catch (error) {
    if (!(error instanceof ApiError)) {
      performer.bug(error);
      return undefined;
    }
    const { change } = last;
    const isLeft = error === onlyLooked || error.retryable;
    if (!change || (isLeft && !change.hasMade)) return undefined;
    const outcome = outcomeOf(isLeft ? brokenOff() : error, last);
    return outcome.state === 'FAILED' ? outcome : undefined;
  }
}

/** What is known of one try, however it ends. */
interface Try {
  /** Undefined if it could not begin. */
  change?: KeyedChange;
  /** What was done until it failed. */
  done?: Done;
}

/** What a try before has done stays done; what AWS refused then is asked for again, as long as the row has no outcome. */
async function perform(
  { kind, started, run, keys, newContext }: RowPerformer,
  row: WaitingRow,
  known: Try,
  guard?: Guard,
): Promise<Done> {
  const { job, attempt } = started;
  const { position, input } = row;
  const change = await keys.begin({
    caller: ['job', job.id],
    operation: job.operation,
    key: String(position),
    input,
    again: guard ? 'withoutRefused' : 'withRefused',
    row: { job: job.id, position },
  });
  known.change = change;
  const context = newContext();
  const given = input as object;
  const plan = { thing: row.thing as Thing | null, subject: row.subject };
  const recheck = row.plannedIn === attempt ? undefined : kind.recheck;
  const calls = new GuardedCalls(change, guard ?? (recheck && (() => recheck(given, run, plan))));
  context.memory = calls;
  try {
    const key = `${job.id}-${position}`;
    const soFar = (done: Done) => {
      known.done = done;
    };
    const whenAllowed: Progress['whenAllowed'] = (special, doing) => calls.whenAllowed(special, doing);
    const progress = { ...plan, begun: row.begun || change.hasOpen, whenAllowed, soFar };
    return await inTerms(kind.perform(given, run, context, key, progress), kind.moves?.(given) ?? []);
  } finally {
    context.memory = undefined;
    await change.end();
  }
}

function succeeded({ action, thing }: Done): RowOutcome {
  return { state: 'SUCCEEDED', action, thing: thing ?? undefined };
}

/** What was sent before settles what a row has come to, not what refused to go on with it before that was found out. */
function outcomeOf(error: ApiError, { change, done }: Try): RowOutcome {
  if (error instanceof ProviderFailureError && error.outcomeUnknown) {
    return { state: 'UNKNOWN', error: keptOf(error) };
  }
  if (!change) return refusedOf(error);
  if (change.hasOpen) return { state: 'UNKNOWN', error: keptOf(inDoubt(error)) };
  return { state: 'FAILED', error: keptOf(error), action: done?.action, thing: done?.thing ?? undefined };
}

/** What a row comes to that is refused before its calls are asked about: unknown, if some of them were sent. */
export function refusedOf(error: ApiError): RowOutcome {
  return { state: 'FAILED', error: keptOf(error), ifSent: keptOf(inDoubt(error)) };
}
