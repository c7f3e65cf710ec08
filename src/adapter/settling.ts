/**
 * What became of a change whose answer was lost.
 *
 * A change that AWS recognises as a repeat is repeated. Any other is looked for at AWS, by what no two things share: whether it
 * was made, and by this call. What was not made is sent again only when the lost attempt cannot land any more: its
 * connection broke or AWS answered that it failed, and {@link LANDING_MS} have passed. One whose answer only did not come in
 * time may still be at work in AWS. An update is not repeated for longer than the SDK does: it would undo what others changed
 * meanwhile.
 */
import { setTimeout } from 'node:timers/promises';
import { AwsFailure } from '../aws/failure.ts';
import { ApiError } from '../errors.ts';
import type { Effect } from './operation.ts';
import type { InputOf, OutputOf } from './request.ts';
import type { AwsSession } from './session.ts';

/** What AWS shows of a change. */
export type Finding<Answer> =
  /** It was made, by this call; with what AWS's answer to it would have told. */
  | { readonly state: 'made'; readonly answer: Answer }
  /** What is there instead was not made by this call. */
  | { readonly state: 'taken' }
  /** There is nothing of it, yet. */
  | { readonly state: 'notMade' }
  /** There is nothing to look for, or what is there may be of this call or of another. */
  | { readonly state: 'unclear' };

/** How an operation that AWS would not recognise as a repeat is looked for. */
export interface Settling<Operation> {
  /**
   * Looks for what the operation makes or takes away.
   *
   * @param since What AWS's clock showed at most when the operation was called.
   * @throws ApiError when AWS does not tell now; it is asked again.
   */
  look(aws: AwsSession, input: InputOf<Operation>, since: Date): Promise<Finding<OutputOf<Operation>>>;
}

/** How long a request may be on its way inside of AWS after its connection has closed: an assumption, on the safe side. */
const LANDING_MS = 2_000;

/** Between two looks, or two repeats, at first; then twice as long each time, up to the longest. */
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** The clock of AWS, as its answers tell it, counts in whole seconds. */
const CLOCK_TOLERANCE_MS = 2_000;

/** A change whose answer was lost. */
export interface LostChange<Output, Answer> {
  readonly effect: Effect;
  readonly failure: AwsFailure;
  /** What AWS's clock showed when it was first sent, in milliseconds. */
  readonly sentAt: number;
  /** How long it may take to find out what became of it. */
  readonly timeoutMs: number;
  readonly send: () => Promise<Output>;
  /** Absent where there is nothing to look for. */
  readonly look: ((since: Date) => Promise<Finding<Answer>>) | undefined;
  /** Whether AWS may answer otherwise the next time. */
  readonly mayHelp: (failure: AwsFailure) => boolean;
  /** Whether AWS refused because of what is there, or is not there. */
  readonly isVerdict: (failure: AwsFailure) => boolean;
}

/** AWS's answer to a repeat; or what the first answer would have told, by what was found. */
export type Settled<Output, Answer> =
  | { readonly output: Output }
  | Exclude<Finding<Answer>, { readonly state: 'notMade' | 'unclear' }>;

/** Whether changes of this kind are settled when their answers are lost. */
export function isSettled(effect: Effect): boolean {
  return effect === 'change' || effect === 'repeatableChange';
}

/** Whether nobody knows what became of a change, and this gateway may still find out. */
export function isLost(error: unknown): error is AwsFailure {
  return error instanceof AwsFailure && error.outcomeUnknown && !isGivenUp(error);
}

/**
 * Finds out what became of a change.
 *
 * @throws AwsFailure: AWS's refusal of a repeat, when the lost attempt has not made the change and will not; otherwise
 * one whose outcome is unknown.
 */
export function settle<Output, Answer>(change: LostChange<Output, Answer>): Promise<Settled<Output, Answer>> {
  const deadline = performance.now() + change.timeoutMs;
  return change.effect === 'change' ? lookFor(change, deadline) : repeat(change, deadline);
}

async function repeat<Output, Answer>(
  { send, failure, mayHelp, isVerdict }: LostChange<Output, Answer>,
  deadline: number,
): Promise<Settled<Output, Answer>> {
  let last = failure;
  let lostAt = performance.now();
  let turn = 0;
  while ((mayHelp(last) || isVerdict(last)) && !isGivenUp(last) && (await pause(turn++, deadline))) {
    try {
      return { output: await send() };
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      if (error.outcomeUnknown) lostAt = performance.now();
      // By its token AWS would answer a repeat of what it did as it answered the first time. What it refuses instead, when no
      // attempt is on its way any more, it has not done: "already there" speaks of somebody else's.
      else if (isVerdict(error) && performance.now() - lostAt >= LANDING_MS) throw error;
      // Whatever else AWS says of a repeat, the first attempt may have made the change.
      last = new AwsFailure(error.kind, error.cause, {
        earlier: failure,
        trace: error.trace,
        host: error.host,
      });
    }
  }
  throw last;
}

async function lookFor<Output, Answer>(
  { send, look, failure, sentAt }: LostChange<Output, Answer>,
  deadline: number,
): Promise<Settled<Output, Answer>> {
  if (!look) throw failure;
  const since = new Date(sentAt - CLOCK_TOLERANCE_MS);
  let last = failure;
  let lostAt = performance.now();
  let turn = 0;
  do {
    const finding = await ask(look, since, last);
    if (finding?.state === 'made' || finding?.state === 'taken') return finding;
    if (finding?.state === 'unclear') throw last;
    const landed = last.kind !== 'timeout' && performance.now() - lostAt >= LANDING_MS;
    if (finding?.state === 'notMade' && landed) {
      try {
        return { output: await send() };
      } catch (error) {
        if (!isLost(error)) return await afterRefusal(error, await ask(look, since, last));
        last = error;
        lostAt = performance.now();
      }
    }
  } while (await pause(turn++, deadline));
  throw last;
}

/** A repeat is refused by AWS because of the first attempt, when that has landed after all. */
async function afterRefusal<Answer>(
  refusal: unknown,
  finding: Finding<Answer> | undefined,
): Promise<Settled<never, Answer>> {
  if (finding?.state === 'made' || finding?.state === 'taken') return finding;
  throw refusal;
}

/** What is found, or undefined when AWS does not tell now. */
async function ask<Answer>(
  look: (since: Date) => Promise<Finding<Answer>>,
  since: Date,
  lost: AwsFailure,
): Promise<Finding<Answer> | undefined> {
  try {
    return await look(since);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.cause instanceof AwsFailure && isGivenUp(error.cause)) throw lost;
    return undefined;
  }
}

/** Whether this gateway stops, or nobody waits for the answer any more. */
function isGivenUp({ kind }: AwsFailure): boolean {
  return kind === 'stopped' || kind === 'dropped';
}

/** Waits a little, unless that would last beyond the deadline. */
async function pause(turn: number, deadline: number): Promise<boolean> {
  const pauseMs = Math.min(PAUSE_MS * 2 ** turn, LONGEST_PAUSE_MS);
  if (performance.now() + pauseMs > deadline) return false;
  await setTimeout(pauseMs);
  return true;
}
