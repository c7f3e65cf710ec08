/**
 * What became of a change whose answer was lost.
 *
 * A change that AWS recognises as a repeat is repeated. Any other is looked for at AWS, by what no two things share: whether it
 * was made, and by this call. What was not made is sent again only when the lost attempt cannot land any more: its
 * connection is closed, or AWS answered that it failed, and some time has passed since, of which {@link landingMs} tells. Were
 * it to land even later, nothing would exist twice: AWS refuses the second of two things that are looked for like this, and
 * who of the two is refused is judged by looking again. An update is not repeated for longer than the SDK does: it would undo
 * what others changed meanwhile.
 */
import { setTimeout } from 'node:timers/promises';
import { AwsFailure } from '../aws/failure.ts';
import { ApiError } from '../errors.ts';
import { unlessEnded } from '../unless-ended.ts';
import { UnusableAnswer } from './answers.ts';
import type { Meaning } from './exceptions.ts';
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
  /** Others have changed it since this call: whether that was made before is past finding out, and it must not undo theirs. */
  | { readonly state: 'changedSince' }
  /** There is nothing to look for, or what is there may be of this call or of another. */
  | { readonly state: 'unclear' };

/** How an operation that AWS would not recognise as a repeat is looked for. */
export interface Settling<Operation> {
  /**
   * What a refusal means that says by itself that the change is made, whoever made it. None where AWS refuses for other things
   * in the same words, such as another user's e-mail address.
   */
  readonly proof?: Meaning;

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

/**
 * The same after a time-out, which closes the connection too: AWS has had the request for all of `AWS_TIMEOUT_MS` by then, but
 * it is slow at the moment, which what it does behind the connection may be as well.
 */
const SLOW_LANDING_MS = 5_000;

/** Between two looks, or two repeats, at first; then twice as long each time, up to the longest. */
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** The clock of AWS, as its answers tell it, counts in whole seconds. */
const CLOCK_TOLERANCE_MS = 2_000;

/** Whether something came about after a call, however much clocks differ. */
export function isAfter(time: Date | undefined, since: Date): boolean {
  return time !== undefined && time.getTime() > since.getTime() + 2 * CLOCK_TOLERANCE_MS;
}

/** What there is to say of a thing that is not as an update would have made it, by when it was changed last. */
export function missedUpdate(
  updatedAt: Date | undefined,
  since: Date,
): { readonly state: 'notMade' | 'changedSince' | 'unclear' } {
  if (updatedAt && updatedAt < since) return { state: 'notMade' };
  return { state: isAfter(updatedAt, since) ? 'changedSince' : 'unclear' };
}

/** A change whose answer was lost. */
export interface LostChange<Output, Answer> {
  readonly effect: Effect;
  /** Whether it does no harm to send it again where nobody can tell whether it was made. */
  readonly mayRepeat: boolean;
  readonly failure: AwsFailure;
  /** What AWS's clock showed when it was first sent, in milliseconds. */
  readonly sentAt: number;
  /** How long it may take to find out what became of it. */
  readonly timeoutMs: number;
  /** When it is not to be found out any more. */
  readonly stopped: AbortSignal;
  readonly send: () => Promise<Output>;
  /** Absent where there is nothing to look for. */
  readonly look: ((since: Date) => Promise<Finding<Answer>>) | undefined;
  /** Whether AWS may answer otherwise the next time. */
  readonly mayHelp: (failure: AwsFailure) => boolean;
  /** Whether AWS refused because of what is there, or is not there. */
  readonly isVerdict: (failure: AwsFailure) => boolean;
  /** Whether AWS refused because the change is made. */
  readonly isProof: (failure: AwsFailure) => boolean;
}

/** AWS's answer to a repeat; or what the first answer would have told, by what was found. */
export type Settled<Output, Answer> =
  | { readonly output: Output }
  | Extract<Finding<Answer>, { readonly state: 'made' | 'taken' }>;

/** Whether changes of this kind are settled when their answers are lost. */
export function isSettled(effect: Effect): boolean {
  return effect === 'change' || effect === 'repeatableChange';
}

/** The failure of a change of which nobody knows what became, and this gateway may still find out; else undefined. */
export function lossOf(error: unknown): AwsFailure | undefined {
  // AWS says that it did something: what, can be found out as well.
  if (error instanceof UnusableAnswer) return new AwsFailure('unreadable', error);
  return error instanceof AwsFailure && error.outcomeUnknown && !isGivenUp(error) ? error : undefined;
}

/** What {@link lossOf} made a failure of, if it was not one before. */
export function ownWords(error: unknown): unknown {
  return error instanceof AwsFailure && error.cause instanceof UnusableAnswer ? error.cause : error;
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
  { send, failure, stopped, mayHelp, isVerdict }: LostChange<Output, Answer>,
  deadline: number,
): Promise<Settled<Output, Answer>> {
  let last = failure;
  let landedAt = performance.now() + landingMs(failure);
  let turn = 0;
  // After "already there", another repeat before then could only get lost as well, and be waited for in its turn.
  const earliest = () => (isVerdict(last) && landedAt < deadline ? landedAt : 0);
  while (
    (mayHelp(last) || isVerdict(last)) &&
    !isGivenUp(last) &&
    (await pause(turn++, { deadline, stopped, earliest: earliest() }))
  ) {
    try {
      return { output: await send() };
    } catch (thrown) {
      const error = failureOf(thrown);
      const refusedAt = performance.now();
      if (error.outcomeUnknown) landedAt = Math.max(landedAt, refusedAt + landingMs(error));
      // By its token AWS would answer a repeat of what it did as it answered the first time. What it refuses instead, when no
      // attempt is on its way any more, it has not done: "already there" speaks of somebody else's.
      else if (isVerdict(error) && refusedAt >= landedAt) throw error;
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
  {
    send,
    look,
    mayRepeat,
    failure,
    sentAt,
    stopped,
    mayHelp,
    isVerdict,
    isProof,
  }: LostChange<Output, Answer>,
  deadline: number,
): Promise<Settled<Output, Answer>> {
  if (!look) throw failure;
  const since = new Date(sentAt - CLOCK_TOLERANCE_MS);
  let last = failure;
  let lostAt = performance.now();
  /** Of a repeat. */
  let refusal: AwsFailure | undefined;
  let turn = 0;
  do {
    const finding = await ask(look, since, last);
    if (finding?.state === 'made' || finding?.state === 'taken') return finding;
    if (finding?.state === 'changedSince') throw last;
    if (finding?.state === 'unclear' && !(mayRepeat && !refusal)) throw last;
    if (refusal && isFinal(refusal)) {
      if (finding && !isProof(refusal)) throw refusal;
    } else if (finding && lostAt + landingMs(last) <= performance.now() && performance.now() < deadline) {
      try {
        return { output: await send() };
      } catch (thrown) {
        const error = failureOf(thrown);
        refusal = error.outcomeUnknown ? undefined : error;
        if (error.outcomeUnknown) [last, lostAt] = [error, performance.now()];
        // The lost attempt may have landed after all.
        if (refusal && isFinal(refusal)) turn = 0;
      }
    }
  } while (await pause(turn++, { deadline, stopped }));
  throw refusal && !isVerdict(refusal) ? refusal : last;

  /** Whether it would be refused again. */
  function isFinal(refused: AwsFailure): boolean {
    return isGivenUp(refused) || !mayHelp(refused);
  }
}

/** How a repeat failed; it throws what is a bug. */
function failureOf(error: unknown): AwsFailure {
  const failure = error instanceof AwsFailure ? error : lossOf(error);
  if (!failure) throw error;
  return failure;
}

/** How long an attempt may still land after it was lost. */
function landingMs({ kind, unsettled }: AwsFailure): number {
  return kind === 'timeout' || unsettled?.kind === 'timeout' ? SLOW_LANDING_MS : LANDING_MS;
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

/** What ends a pause, readings of `performance.now()`: it lasts at least to the earliest moment, unless that is beyond the deadline. */
interface PauseEnds {
  readonly deadline: number;
  readonly earliest?: number;
  readonly stopped: AbortSignal;
}

/** Waits a little; whether there is to be another turn. */
async function pause(turn: number, { deadline, earliest = 0, stopped }: PauseEnds): Promise<boolean> {
  const now = performance.now();
  // Timers count in whole milliseconds.
  const untilEarliest = Math.ceil(earliest - now) + 1;
  const pauseMs = Math.max(Math.min(PAUSE_MS * 2 ** turn, LONGEST_PAUSE_MS), untilEarliest);
  if (now + pauseMs > deadline) return false;
  await unlessEnded(setTimeout(pauseMs), stopped);
  return !stopped.aborted;
}
