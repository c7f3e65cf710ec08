/** What can go wrong on the way to AWS and back, sorted by what it means for the caller. */
import type { ServiceException } from '@smithy/core/client';
import { retryAfterSecondsOf } from './retry-after.ts';
import type { UnsentKind } from './unsent.ts';

/**
 * Beside those of requests that were not sent:
 *
 * - `exception`: AWS answered with an exception.
 * - `unreadable`: something answered, but not in AWS's protocol (a proxy's HTML page, an empty error), or without AWS's id of the
 *   request.
 * - `disconnected`: the connection broke before the answer was complete.
 * - `timeout`: the answer did not come in time.
 * - `interrupted`: the process that sent it ended before the answer came.
 * - `stopped`: this gateway stopped before the answer came.
 * - `overdue`: the time was up that whoever asked had; of what only reads.
 * - `tooMuch`: the answers to whoever asked have more bytes than are allowed; of what only reads.
 * - `noRoom`: the answers to all who ask have more bytes than there is room for; of what only reads.
 */
export type FailureKind =
  | 'exception'
  | 'unreadable'
  | 'disconnected'
  | 'timeout'
  | 'interrupted'
  | 'stopped'
  | 'overdue'
  | 'tooMuch'
  | 'noRoom'
  | UnsentKind;

const sentKinds: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'exception',
  'unreadable',
  'disconnected',
  'timeout',
  'interrupted',
  'stopped',
]);

/** Nobody waited any more, or the request had used up its time, its bytes or the room: that says nothing of AWS. */
const endedHere: ReadonlySet<string> = new Set<FailureKind>(['dropped', 'overdue', 'tooMuch', 'noRoom']);

/**
 * Whether this gateway ended a call for its caller's reasons, so that nothing failed.
 *
 * @param kind How it ended.
 * @param unsettled An earlier attempt that did fail.
 */
export function wasEndedHere(kind: string, unsettled: unknown): boolean {
  return endedHere.has(kind) && unsettled === undefined;
}

interface Circumstances {
  /** The attempt before, if there was one. */
  readonly earlier?: AwsFailure | undefined;
  readonly trace?: readonly string[];
  readonly host?: string | undefined;
}

/** A call that this gateway gave up itself. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
  readonly kind: FailureKind;

  /** @param sent Whether the request was on its way already. */
  constructor(sent: boolean) {
    super(sent ? 'The answer was not waited for.' : 'The request was not sent.');
    this.kind = sent ? 'stopped' : 'dropped';
  }
}

/** A call that was sent by a process which ended before it told what came of it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The process that sent the request ended before the answer came.');
  }
}

/** A request that this gateway did not send, so that it and AWS have room for others. */
export class NotAdmitted extends Error {
  override readonly name = 'NotAdmitted';
  readonly kind: UnsentKind;
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: 'overBudget' | 'overloaded' | 'overShare' | 'notAnswering', retryAfterSeconds?: number) {
    super('The request was not sent.');
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Of what there is too little for more bytes of answers: of all the room, or of the caller's share of it; and how much there is. */
export interface LackOfRoom {
  readonly of: 'all' | 'share';
  readonly maximum: number;
}

/** Room for bytes of answers, which other requests take of as well. */
export interface AnswerRoom {
  /** Takes room for more bytes, unless there is too little. */
  take(bytes: number): LackOfRoom | undefined;
}

/** How many bytes the answers to one request may have, all together. */
export class AnswerAllowance {
  readonly #maximum: number;
  readonly #room: AnswerRoom | undefined;
  #taken = 0;
  #excess: TooMuch | NoRoom | undefined;

  constructor(maximum: number, room?: AnswerRoom) {
    this.#maximum = maximum;
    this.#room = room;
  }

  /** Why nothing more may come; undefined if it may. */
  get excess(): TooMuch | NoRoom | undefined {
    return this.#excess;
  }

  /** Counts bytes that came. */
  take(bytes: number): void {
    this.#taken += bytes;
    if (this.#excess) return;
    if (this.#taken > this.#maximum) {
      this.#excess = new TooMuch(this.#maximum);
      return;
    }
    const lack = this.#room?.take(bytes);
    if (lack) this.#excess = new NoRoom(lack);
  }
}

/** Until when an answer is of use, and how large it may be. */
export interface Deadline {
  /** A reading of `performance.now()`. */
  readonly at: number;
  /** How long it was from the beginning, for whoever has to be told. */
  readonly limitMs: number;
  /** Shared by all reads of a request. */
  readonly allowance?: AnswerAllowance | undefined;
}

/** A read that was given up because of the bytes that came. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
  readonly maximum: number;

  constructor(maximum: number) {
    super(`The answers have more than ${maximum} bytes.`);
    this.maximum = maximum;
  }
}

/** A read that was given up because there was no room for what came. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly lack: LackOfRoom;

  constructor(lack: LackOfRoom) {
    super(`There is room for ${lack.maximum} bytes of answers.`);
    this.lack = lack;
  }
}

/** A read that was given up because its time was up. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
  readonly limitMs: number;

  constructor({ limitMs }: Deadline) {
    super(`The time was up after ${limitMs} ms.`);
    this.limitMs = limitMs;
  }
}

/** A call to AWS that brought no result. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  readonly kind: FailureKind;
  /** AWS's exception with all its members, when `kind` is `exception`. */
  readonly exception: ServiceException | undefined;
  /** The HTTP status of the answer, when there was one. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** What the SDK said about the sources of credentials that it tried. */
  readonly trace: readonly string[];
  /** Where the request was to go; sockets and TLS do not always say it. */
  readonly host: string | undefined;
  /** An earlier attempt of the same call, of which nobody knows whether AWS performed it. */
  readonly unsettled: AwsFailure | undefined;
  /** Whether AWS may have performed the operation, by this attempt or an earlier one. */
  readonly outcomeUnknown: boolean;

  constructor(kind: FailureKind, cause: unknown, { earlier, trace = [], host }: Circumstances = {}) {
    super(`AWS call failed: ${kind}`, { cause });
    const { $metadata: metadata, $response: response } = cause as Partial<ServiceException>;
    const sent = sentKinds.has(kind);
    this.kind = kind;
    this.trace = trace;
    this.host = host;
    this.exception = kind === 'exception' ? (cause as ServiceException) : undefined;
    // An error of those who hand out credentials has an answer too, which is not the operation's.
    this.status = sent ? (metadata?.httpStatusCode ?? response?.statusCode) : undefined;
    this.requestId = sent ? metadata?.requestId : undefined;
    this.retryAfterSeconds =
      retryAfterSecondsOf(response) ?? (cause as Partial<NotAdmitted>).retryAfterSeconds;
    this.unsettled = earlier?.outcomeUnknown ? (earlier.unsettled ?? earlier) : undefined;
    this.outcomeUnknown = this.unsettled !== undefined || (sent && mayHaveHappened(this));
  }

  /**
   * Whether the answer may be of something on the way that knows nothing of what AWS did, such as a proxy: it is not AWS's by
   * its form, or names no exception, which the SDK then calls "Unknown".
   */
  get isAnothers(): boolean {
    return this.kind === 'unreadable' || this.exception?.name === 'Unknown';
  }
}

/** What is called so ran out of time, whatever its status says; nobody knows how far it came. */
const timeouts: ReadonlySet<string | undefined> = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
]);

/**
 * A fault of the server may strike after it did the work; a client's mistake is refused before, and so is what comes too
 * fast.
 */
function mayHaveHappened({ kind, exception, isAnothers, status }: AwsFailure): boolean {
  if (status === 429 && kind === 'exception') return false;
  if (timeouts.has(exception?.name)) return true;
  return kind !== 'exception' || isAnothers || status === undefined || status >= 500;
}

/** Sorts an error of a request that was handed to a connection. */
export function sentFailureKind(error: unknown): FailureKind {
  return (error as { readonly name?: string }).name === 'TimeoutError' ? 'timeout' : 'disconnected';
}
