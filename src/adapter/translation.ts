/** Translates failed calls into the API's errors. */
import { AwsFailure, type FailureKind, NoRoom, Overdue, TooMuch } from '../aws/failure.ts';
import type { ShapeModel } from '../aws/models/model.ts';
import { wholeSeconds } from '../aws/retry-after.ts';
import { isWord } from '../aws/words.ts';
import {
  AccessDeniedError,
  type ApiError,
  ConflictError,
  type ConflictReason,
  type Facts,
  IdempotencyMismatchError,
  type InputIssue,
  InvalidInputError,
  inWords,
  issueAt,
  type MissingResource,
  NotFoundError,
  ProviderFailureError,
  QuotaExceededError,
  type ResourceType,
  ThrottledError,
} from '../errors.ts';
import { UnusableAnswer } from './answers.ts';
import { type Meaning, meaningOf } from './exceptions.ts';
import { membersNamedIn } from './named-members.ts';
import type { Effect, ServiceFacts } from './operation.ts';

/** What is known of a call, beside how AWS answered. */
export interface FailedCall {
  readonly service: Pick<ServiceFacts, 'name' | 'exceptions'> & Partial<Pick<ServiceFacts, 'model'>>;
  /** What its request is in AWS's model. */
  readonly request?: ShapeModel;
  readonly effect: Effect;
  /** Whether AWS can recognise a repeat of it, by the key that the caller gave. */
  readonly keyed: boolean;
  /** Whether this gateway recognises a repeat of it, by that key. */
  readonly remembered?: boolean;
  /** The world of a local AWS that it was for, as the caller named it. */
  readonly world?: string | undefined;
  /** Whether a change waits for what it reads. */
  readonly beforeChange?: boolean | undefined;
  /** What a not-found answer means here, and in words, where the general ones are not enough. */
  readonly missing?: (MissingResource & { readonly message?: string }) | undefined;
  /** What a conflict means here, unless AWS gives its reason, and in words. */
  readonly conflict?: { readonly reason: ConflictReason; readonly message: string } | undefined;
  /** What further refusals mean here, by the names of AWS's exceptions: the first that fits. */
  readonly words?: Readonly<Record<string, string | readonly Explanation[]>> | undefined;
}

/** What a refusal means, where AWS tells more than that the input is wrong. */
export interface Explanation {
  /** What AWS's text has then; that text itself is never passed on. Without it, any fits. */
  readonly text?: RegExp;
  /** Where the input has what is refused. */
  readonly path: readonly string[];
  readonly message: string;
}

/** The members of exceptions that this API passes on; each is optional and of whatever type AWS sent. */
interface ExceptionMembers {
  readonly name: string;
  readonly message?: string;
  readonly RequestId?: unknown;
  readonly Reason?: unknown;
  readonly ResourceType?: unknown;
  readonly ResourceId?: unknown;
  readonly RetryAfterSeconds?: unknown;
}

/** The API's error for a call that failed; what is neither AWS's doing nor the way's there comes back as it is. */
export function translate(error: unknown, call: FailedCall): unknown {
  if (error instanceof UnusableAnswer) return unusable(error, call);
  if (!(error instanceof AwsFailure)) return error;
  const { exception, unsettled } = error;
  if (!exception) return tooMany(error, call) ?? failure(error, call);
  // No refusal of a repeat may claim that nothing happened, or blame the caller for what the first attempt did.
  return unsettled && call.effect !== 'read'
    ? unsettledFailure(error, exception, call)
    : fromException(error, exception, call);
}

function fromException(error: AwsFailure, exception: ExceptionMembers, call: FailedCall): ApiError {
  const meaning = meaningOf(call.service.exceptions, exception.name);
  if (meaning === 'failure') return failure(error, call, exception);
  const facts = {
    providerCode: exception.name,
    requestId: isWord(exception.RequestId) ? exception.RequestId : error.requestId,
    cause: error,
  };
  return refusal(meaning, facts, exception, call, error.retryAfterSeconds);
}

/**
 * The refusal of one item of a batch, whose call succeeded.
 *
 * @param code AWS's code for it, and what that means.
 */
export function itemRefusal(code: string, meaning: Meaning, call: FailedCall): ApiError {
  const facts = { providerCode: code };
  if (meaning !== 'failure') return refusal(meaning, facts, {}, call);
  return new ProviderFailureError({
    ...facts,
    message: `${call.service.name} ${failureWords.exception}.${outcome(call, true)}`,
    retryable: isRecognised(call),
    outcomeUnknown: isUnknown(call, true),
  });
}

function refusal(
  meaning: Exclude<Meaning, 'failure'>,
  facts: Omit<Facts, 'message'>,
  exception: Partial<ExceptionMembers>,
  call: FailedCall,
  retryAfterSeconds?: number,
): ApiError {
  const { name: service } = call.service;
  const { path = [], message: words } = explanationOf(
    exception.message,
    call.words?.[facts.providerCode ?? ''],
  );
  switch (meaning) {
    case 'invalidInput': {
      const named = words === undefined ? namedIssues(exception.message, call) : [];
      if (named.length > 0)
        return new InvalidInputError({ ...facts, message: inWords(named), issues: named });
      const message =
        words ?? `${service} refused the input, though it keeps every rule that this gateway knows.`;
      return new InvalidInputError({ ...facts, message, issues: [{ path, message }] });
    }
    case 'notFound':
      return notFound(facts, exception, call);
    case 'conflict':
      return conflict(facts, exception, call);
    case 'quotaExceeded':
      return new QuotaExceededError({
        ...facts,
        message: `${service} refused because a quota of the AWS account is used up. AWS Service Quotas shows it and takes requests to raise it.`,
      });
    case 'idempotencyMismatch':
      return new IdempotencyMismatchError({
        ...facts,
        message:
          'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
      });
    case 'accessDenied':
      return new AccessDeniedError({
        ...facts,
        message: words ?? `${service} does not let the credentials of this gateway perform the operation.`,
      });
    case 'missingOrDenied': {
      const { message = 'What it names does not exist.' } = call.missing ?? {};
      return new AccessDeniedError({
        ...facts,
        message: `${service} refused without telling why. ${message.replace(/\.$/, '')}, or the credentials of this gateway may not perform the operation.`,
      });
    }
    case 'throttled':
      return new ThrottledError({
        ...facts,
        message: `${service} takes no more requests at this rate. Try again later.`,
        retryAfterSeconds: wholeSeconds(exception.RetryAfterSeconds) ?? retryAfterSeconds ?? null,
      });
  }
}

/** What AWS itself says where the input is wrong. */
function namedIssues(text = '', { service, request }: FailedCall): readonly InputIssue[] {
  if (!service.model || !request) return [];
  return membersNamedIn(text, service.model, request).map(path =>
    issueAt(path, 'was refused by AWS, though it keeps every rule that this gateway knows'),
  );
}

function explanationOf(
  text = '',
  words: string | readonly Explanation[] = [],
): { readonly path?: readonly string[]; readonly message?: string } {
  if (typeof words === 'string') return { message: words };
  return words.find(explanation => explanation.text?.test(text) ?? true) ?? {};
}

/** What the gateway itself does not send, so that others have room. */
const heldBack: ReadonlySet<FailureKind> = new Set<FailureKind>(['overBudget', 'overloaded', 'overShare']);

function tooMany({ kind, outcomeUnknown, retryAfterSeconds, cause }: AwsFailure, call: FailedCall) {
  if (outcomeUnknown || !heldBack.has(kind)) return undefined;
  return new ThrottledError({
    message: `${call.service.name} ${failureWords[kind]}.${outcome(call, false)} Try again later.`,
    retryAfterSeconds: retryAfterSeconds ?? null,
    cause,
  });
}

function notFound(
  facts: Omit<Facts, 'message'>,
  exception: Partial<ExceptionMembers>,
  call: FailedCall,
): ApiError {
  const { service, missing } = call;
  const resourceType = resourceTypes.get(exception.ResourceType) ?? missing?.resourceType ?? null;
  const resourceId = textIn(exception.ResourceId) ?? missing?.resourceId ?? null;
  const expected = resourceType === missing?.resourceType ? missing?.message : undefined;
  const noun = resourceType?.toLowerCase().replace('_', ' ') ?? 'resource';
  return new NotFoundError({
    ...facts,
    message: expected ?? `${service.name} has no ${noun}${resourceId ? ` "${resourceId}"` : ''}.`,
    resourceType,
    resourceId,
  });
}

/** The Identity Store says what is missing; an unknown word for it must not break a closed enum. */
const resourceTypes: ReadonlyMap<unknown, ResourceType> = new Map(
  (['USER', 'GROUP', 'GROUP_MEMBERSHIP', 'IDENTITY_STORE'] as const).map(type => [type, type]),
);

function textIn(member: unknown): string | undefined {
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** The refusal of a change because of what is there already, as this gateway itself has found out. */
export function conflictOf(call: FailedCall): ApiError {
  return conflict({}, {}, call);
}

function conflict(
  facts: Omit<Facts, 'message'>,
  exception: Partial<ExceptionMembers>,
  call: FailedCall,
): ApiError {
  if (exception.Reason === 'CONCURRENT_MODIFICATION') {
    const message = 'Another request changed the same resource at the same time. Try again.';
    return new ConflictError({ ...facts, message, reason: 'CONCURRENT_MODIFICATION' });
  }
  const { reason, message } = call.conflict ?? {
    reason: 'INCONSISTENT_STATE',
    message: `${call.service.name} refused because the resource is in a state that does not allow it.`,
  };
  return new ConflictError({ ...facts, message, reason });
}

function failure(error: AwsFailure, call: FailedCall, exception?: ExceptionMembers): ApiError {
  return providerFailure(wordsOf(error, call), mayHelp(error, call.service), error, call, exception);
}

function wordsOf({ cause, kind, exception }: AwsFailure, { world }: FailedCall): string {
  if (cause instanceof Overdue)
    return `had not answered when the ${cause.limitMs} ms were over that a request may take`;
  if (cause instanceof TooMuch)
    return `gave more to read than the ${cause.maximum} bytes of AWS's answers that a request may have. Ask for less at a time`;
  if (cause instanceof NoRoom) return noRoomWords[cause.lack.of](cause.lack.maximum);
  if (world !== undefined && exception?.name === UNKNOWN_WORLD)
    return `was not asked: local AWS has no world ${nameOf(world)}, which the header x-local-aws-world names. It was never made, or has ended`;
  return failureWords[kind];
}

/** What is said of an answer that there was no room for. */
const noRoomWords = {
  all: (maximum: number) =>
    `gave more to read than there is room for: this gateway has up to ${maximum} bytes of AWS's answers in memory. Try again`,
  share: (maximum: number) =>
    `gave more to read than there is room for: this gateway has up to ${maximum} bytes of AWS's answers to the requests of one caller in memory. Try again`,
};

/** What local AWS calls it when a request is for a world that it has not. AWS itself is never told of worlds. */
const UNKNOWN_WORLD = 'UnknownWorldException';

/** The name of a world, as far as it can be one. */
function nameOf(world: string): string {
  return /^[\w-]{1,64}$/.test(world) ? `"${world}"` : 'of such a name';
}

/** A repeat was refused, after an attempt that may have made the change. */
function unsettledFailure(error: AwsFailure, exception: ExceptionMembers, call: FailedCall): ApiError {
  const refused = meaningOf(call.service.exceptions, exception.name) !== 'failure';
  const words = refused
    ? 'gave no certain answer to a first attempt, and refused to repeat it'
    : failureWords.exception;
  return providerFailure(words, mayHelp(error, call.service), error, call, exception);
}

function providerFailure(
  words: string,
  retryable: boolean,
  error: AwsFailure,
  call: FailedCall,
  exception?: ExceptionMembers,
): ApiError {
  // The SDK calls an exception "Unknown" when the answer names none, such as an empty one.
  const isNamed = exception !== undefined && exception.name !== 'Unknown';
  return new ProviderFailureError({
    message: `${call.service.name} ${words}.${outcome(call, error.outcomeUnknown)}`,
    providerCode: isNamed ? exception.name : undefined,
    requestId: isWord(exception?.RequestId) ? exception.RequestId : error.requestId,
    retryable: retryable && (!error.outcomeUnknown || isRecognised(call)),
    outcomeUnknown: isUnknown(call, error.outcomeUnknown),
    cause: error,
  });
}

/** Whether a refusal says nothing of the call itself, so that AWS may answer otherwise the next time. */
export function isPassing(refused: AwsFailure, { service }: FailedCall): boolean {
  const meaning = meaningOfFailure(refused, service);
  return (
    meaning === undefined || meaning === 'failure' || meaning === 'throttled' || meaning === 'accessDenied'
  );
}

/** What AWS's exception means, if it was one. */
export function meaningOfFailure(
  { exception }: AwsFailure,
  { exceptions }: FailedCall['service'],
): Meaning | undefined {
  return exception && meaningOf(exceptions, exception.name);
}

/** Whether AWS refused because of what is there, or is not there. */
export function isVerdict(refused: AwsFailure, service: FailedCall['service']): boolean {
  const meaning = meaningOfFailure(refused, service);
  return meaning === 'conflict' || meaning === 'notFound' || meaning === 'idempotencyMismatch';
}

/** Whether the same call may bring a result later, if it may be repeated at all. */
export function mayHelp(
  { kind, status, exception }: AwsFailure,
  { exceptions }: FailedCall['service'],
): boolean {
  if (exception && meaningOf(exceptions, exception.name) === 'throttled') return true;
  switch (kind) {
    case 'exception':
      return isPassingStatus(status);
    case 'unreadable':
      // A page without an error's status is of something on the way to AWS, such as the network of a hotel.
      return isPassingStatus(status) || Number(status) < 400;
    case 'disconnected':
    case 'timeout':
    case 'interrupted':
    case 'unreachable':
    case 'stopped':
    case 'overdue':
    case 'noRoom':
    case 'dropped':
    case 'overBudget':
    case 'overloaded':
    case 'overShare':
    case 'notAnswering':
    case 'credentialsUnreachable':
      return true;
    default:
      return false;
  }
}

/** Whether an error's status, if it has any, speaks of a moment and not of the call. */
function isPassingStatus(status: number | undefined): boolean {
  return status === undefined || status >= 500 || status === 429;
}

/** AWS accepted the call, so a change was probably made. */
function unusable(error: UnusableAnswer, call: FailedCall): ApiError {
  return new ProviderFailureError({
    message: `${call.service.name} gave an answer ${error.flaw}.${outcome(call, true)}`,
    retryable: false,
    outcomeUnknown: isUnknown(call, true),
    cause: error,
  });
}

/** Whether a second performance does no more than the first. */
function isRecognised({ effect, keyed, remembered = false }: FailedCall): boolean {
  return (
    remembered ||
    effect === 'read' ||
    effect === 'idempotentChange' ||
    (effect === 'repeatableChange' && keyed)
  );
}

/**
 * Whether nobody knows what became of a change.
 *
 * @param unknown Whether AWS may have performed the call.
 */
function isUnknown({ effect }: FailedCall, unknown: boolean): boolean {
  return unknown && effect !== 'read';
}

/** What became of a change, as a sentence after another. */
function outcome(call: FailedCall, unknown: boolean): string {
  if (call.effect === 'read') return call.beforeChange ? ' Nothing was changed.' : '';
  if (!isUnknown(call, unknown)) return ' Nothing was changed.';
  return ` The outcome is unknown: the change may or may not have been made. ${adviceFor(call)}`;
}

function adviceFor(call: FailedCall): string {
  if (!isRecognised(call)) return 'Look before you repeat it.';
  return call.remembered || call.effect === 'repeatableChange'
    ? 'Repeating it with the same idempotencyKey is safe.'
    : 'Repeating it is safe.';
}

const failureWords: Readonly<Record<FailureKind, string>> = {
  exception: 'failed to perform the operation',
  unreadable: "gave an answer that is not in AWS's protocol",
  disconnected: 'broke the connection before its answer was complete',
  timeout: 'did not answer in time',
  unreachable: 'could not be reached',
  interrupted: 'had not answered when the process of this gateway ended that had called it',
  stopped: 'had not answered when this gateway stopped',
  overdue: 'had not answered when the time was over that a request may take',
  tooMuch: 'gave more to read than a request may have',
  noRoom: 'gave more to read than there is room for',
  dropped: 'was not called any more, because the client had left or this gateway stopped',
  overBudget: 'is not called more often than AWS allows, and too many requests wait for their turn',
  overloaded: 'has more requests waiting for a connection to it than this gateway has room or time for',
  overShare: 'has as many requests of the caller waiting for a connection to it as one caller may have',
  notAnswering: 'is not answering, and is not called for a while',
  insecure: 'could not be reached over a secure connection that this gateway trusts',
  wrongEndpoint: "could not be called because this gateway's settings lead to no endpoint of it",
  noRegion: 'could not be called because this gateway has no usable AWS region',
  unencodable: 'could not be called because the input does not fit into a request',
  noCredentials: 'could not be called because this gateway has no AWS credentials to sign with',
  noProfile: 'could not be called because the AWS profile of this gateway does not exist',
  processFailed:
    'could not be called because the program that its AWS profile names, its credential_process, gives this gateway no credentials',
  ssoEnded: "could not be called because this gateway's session with IAM Identity Center has ended",
  credentialsDenied: 'could not be called because AWS refuses to give this gateway credentials',
  credentialsUnreachable:
    'could not be called because what gives this gateway its credentials did not answer',
};
