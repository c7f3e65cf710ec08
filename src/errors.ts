/**
 * The refusals that clients of the API may meet, whatever provider they come from.
 *
 * Adapters throw them; a mutation returns them as members of its union, and on queries they become GraphQL
 * errors with the same facts as extensions. Any other exception is a bug of ours and is never shown.
 */

/** The kinds of errors, with what the schema says of each. */
export const errorCodes = {
  INVALID_INPUT: 'InvalidInputError: the input breaks a rule.',
  NOT_FOUND: 'NotFoundError: something that the input names does not exist.',
  CONFLICT: 'ConflictError: the change contradicts what exists.',
  QUOTA_EXCEEDED: 'QuotaExceededError: a quota of the AWS account is used up.',
  IDEMPOTENCY_MISMATCH: 'IdempotencyMismatchError: the key was used for another input.',
  ACCESS_DENIED: 'AccessDeniedError: the caller may not do it, or AWS does not let this gateway do it.',
  THROTTLED: 'ThrottledError: too many requests for now.',
  PROVIDER_FAILURE: 'ProviderFailureError: AWS failed or could not be reached.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** What every refusal tells. `message` is for a person, in our words: AWS's own may hold private data. */
export interface Facts {
  readonly message: string;
  /** The name of AWS's exception; absent when the gateway itself refused. */
  readonly providerCode?: string | undefined;
  /** AWS's request id, to quote to AWS Support. */
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

export abstract class ApiError extends Error {
  abstract override readonly name: string;
  abstract readonly code: ErrorCode;
  /** Whether the same request, sent again unchanged, may succeed. */
  abstract readonly retryable: boolean;
  readonly providerCode: string | null;
  readonly requestId: string | null;

  constructor({ message, providerCode, requestId, cause }: Facts) {
    // Where it was made is no news to anybody, and takes more time and memory than all of its facts.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.providerCode = providerCode ?? null;
    this.requestId = requestId ?? null;
  }
}

/** One thing that is wrong with an input: where, and what would be right. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** An issue whose message begins with its path. */
class BrokenRule implements InputIssue {
  readonly path: readonly string[];
  readonly message: string;
  /** Private, so that clients are not shown it: errors on queries show what they have. */
  readonly #requirement: string;

  constructor(path: readonly string[], requirement: string) {
    this.path = path;
    this.message = `${path.join('.')} ${requirement}.`;
    this.#requirement = requirement;
  }

  /** The same issue at another path; its message goes along. */
  static moved(issue: InputIssue, path: readonly string[]): InputIssue {
    return #requirement in issue ? new BrokenRule(path, issue.#requirement) : { ...issue, path };
  }
}

/** An issue in these words: what is at `path` "must not be empty". */
export function issueAt(path: readonly string[], requirement: string): InputIssue {
  return new BrokenRule(path, requirement);
}

interface Faults {
  readonly issues: readonly InputIssue[];
  readonly others?: number;
}

export class InvalidInputError extends ApiError {
  readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
  readonly retryable = false;
  readonly issues: readonly InputIssue[];
  /** Private, so that clients are shown it in the message alone. */
  readonly #others: number;

  constructor({ issues, others = 0, ...facts }: Facts & Faults) {
    super(facts);
    this.issues = issues;
    this.#others = others;
  }

  /** How many issues there are at least that are not listed. */
  get others(): number {
    return this.#others;
  }
}

/** How much an error tells of what is wrong: a small input can break a rule many times over, under long names. */
const MAX_ISSUES = 100;
const MAX_CHARACTERS = 50_000;

/** Whether an error would list no more than so many issues of so many characters; one is listed, however long. */
export function isMoreThanTold(issues: number, characters: number): boolean {
  return issues > 1 && (issues > MAX_ISSUES || characters > MAX_CHARACTERS);
}

export function charactersOf({ path, message }: InputIssue): number {
  return path.join().length + message.length;
}

/**
 * The refusal of an input for these issues, of which the first hundred are listed and the others counted; its message
 * names them too, for clients that show only that.
 *
 * @param untold How many there are at least beside these.
 */
export function invalidInput(issues: readonly InputIssue[], untold = 0): InvalidInputError {
  const listed: InputIssue[] = [];
  let characters = 0;
  for (const issue of issues) {
    characters += charactersOf(issue);
    if (isMoreThanTold(listed.length + 1, characters)) break;
    listed.push(issue);
  }
  const others = issues.length - listed.length + untold;
  return new InvalidInputError({ message: `${inWords(listed)}${restOf(others)}`, issues: listed, others });
}

/** Looking for issues ends where there are more than are told, so that nobody knows how many there are. */
function restOf(others: number): string {
  if (others === 0) return '';
  return others === 1
    ? ' There is at least 1 more issue.'
    : ` There are at least ${others.toLocaleString('en')} more issues.`;
}

/** The messages of issues, as the message of their error. */
export function inWords(issues: readonly InputIssue[]): string {
  return issues.map(({ message }) => message).join(' ');
}

/** Where something is in a request to AWS, and where the caller gave it. */
export type Move = readonly [from: readonly string[], to: readonly string[]];

/** The same issue in the caller's terms: of the moves, the first that fits the beginning of its path changes it. */
export function movedIssue(issue: InputIssue, moves: readonly Move[]): InputIssue {
  const { path } = issue;
  const [from, to] = moves.find(([beginning]) => beginning.every((part, at) => path[at] === part)) ?? [];
  return from && to ? BrokenRule.moved(issue, [...to, ...path.slice(from.length)]) : issue;
}

/** The same refusal in the caller's terms: of the moves, the first that fits the beginning of a path changes it. */
export function movedInput(error: InvalidInputError, moves: readonly Move[]): InvalidInputError {
  const issues = error.issues.map(issue => movedIssue(issue, moves));
  const { message, providerCode, requestId, cause } = error;
  if (providerCode === null) return invalidInput(issues, error.others);
  return new InvalidInputError({
    message: message === inWords(error.issues) ? inWords(issues) : message,
    issues,
    providerCode,
    requestId: requestId ?? undefined,
    cause,
  });
}

/** What is done for a caller, whose refusals say where the caller gave what is wrong: see {@link movedInput}. */
export async function inTerms<Result>(doing: Promise<Result>, moves: readonly Move[]): Promise<Result> {
  try {
    return await doing;
  } catch (error) {
    throw error instanceof InvalidInputError ? movedInput(error, moves) : error;
  }
}

/** The kinds of things that can be missing, with what the schema says of each. */
export const resourceTypes = {
  COLLECTION: 'A face collection of Amazon Rekognition.',
  FACE: 'A face of a face collection of Amazon Rekognition.',
  USER: 'A user of any provider.',
  GROUP: 'A group of an identity store.',
  GROUP_MEMBERSHIP: 'A membership of a user in a group of an identity store.',
  IDENTITY_STORE: 'An identity store of IAM Identity Center.',
  ACCOUNT: 'An Amazon Chime account.',
  JOB: 'A bulk job of this gateway.',
} as const;

export type ResourceType = keyof typeof resourceTypes;

/** What is missing. Either fact is null where AWS does not tell. */
export interface MissingResource {
  readonly resourceType: ResourceType | null;
  readonly resourceId: string | null;
}

export class NotFoundError extends ApiError {
  readonly name = 'NotFoundError';
  readonly code = 'NOT_FOUND';
  readonly retryable = false;
  readonly resourceType: ResourceType | null;
  readonly resourceId: string | null;

  constructor({ resourceType, resourceId, ...facts }: Facts & MissingResource) {
    super(facts);
    this.resourceType = resourceType;
    this.resourceId = resourceId;
  }
}

/** What is done for a caller, whose refusals for want of a thing say in which member the caller named it. */
export async function namedAt<Result>(
  doing: Promise<Result>,
  path: readonly string[],
  { resourceType, of }: { readonly resourceType: ResourceType; readonly of: string },
): Promise<Result> {
  try {
    return await doing;
  } catch (error) {
    if (!(error instanceof NotFoundError) || error.resourceType !== resourceType) throw error;
    const { resourceId, providerCode, requestId, cause } = error;
    throw new NotFoundError({
      message: `${path.join('.')} names no ${resourceType.toLowerCase()} of ${of}.`,
      resourceType,
      resourceId,
      providerCode: providerCode ?? undefined,
      requestId: requestId ?? undefined,
      cause,
    });
  }
}

/** Why a change contradicts what exists, with what the schema says of each reason. */
export const conflictReasons = {
  ALREADY_EXISTS: 'Something with the same unique name, id or e-mail address exists.',
  CONCURRENT_MODIFICATION: 'Another request changed it at the same time.',
  REQUEST_IN_PROGRESS: 'A request with the same `idempotencyKey` is under way.',
  INCONSISTENT_STATE: 'It is in a state that does not allow the change now.',
  ASSOCIATED_TO_A_USER: 'The face belongs to a user, from whom it would have to be taken first.',
  LOW_MATCH_CONFIDENCE: 'The face is too little like those that the user has.',
} as const;

export type ConflictReason = keyof typeof conflictReasons;

export class ConflictError extends ApiError {
  readonly name = 'ConflictError';
  readonly code = 'CONFLICT';
  readonly retryable: boolean;
  readonly reason: ConflictReason;

  constructor({ reason, ...facts }: Facts & { readonly reason: ConflictReason }) {
    super(facts);
    this.reason = reason;
    this.retryable = reason === 'CONCURRENT_MODIFICATION' || reason === 'REQUEST_IN_PROGRESS';
  }
}

export class QuotaExceededError extends ApiError {
  readonly name = 'QuotaExceededError';
  readonly code = 'QUOTA_EXCEEDED';
  readonly retryable = false;
}

export class IdempotencyMismatchError extends ApiError {
  readonly name = 'IdempotencyMismatchError';
  readonly code = 'IDEMPOTENCY_MISMATCH';
  readonly retryable = false;
}

export class AccessDeniedError extends ApiError {
  readonly name = 'AccessDeniedError';
  readonly code = 'ACCESS_DENIED';
  readonly retryable = false;
  /** The scope that the caller lacks; null when something else denies it. */
  readonly scope: string | null;

  constructor({ scope, ...facts }: Facts & { readonly scope?: string }) {
    super(facts);
    this.scope = scope ?? null;
  }
}

export class ThrottledError extends ApiError {
  readonly name = 'ThrottledError';
  readonly code = 'THROTTLED';
  readonly retryable = true;
  readonly retryAfterSeconds: number | null;

  constructor({ retryAfterSeconds, ...facts }: Facts & { readonly retryAfterSeconds: number | null }) {
    super(facts);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface ProviderFailureFacts extends Facts {
  readonly retryable: boolean;
  readonly outcomeUnknown?: boolean;
}

export class ProviderFailureError extends ApiError {
  readonly name = 'ProviderFailureError';
  readonly code = 'PROVIDER_FAILURE';
  readonly retryable: boolean;
  /** Whether a change may have been made, and nobody knows. Of all other errors, and of reads, it is certain that none was. */
  readonly outcomeUnknown: boolean;

  constructor({ retryable, outcomeUnknown = false, ...facts }: ProviderFailureFacts) {
    super(facts);
    this.retryable = retryable;
    this.outcomeUnknown = outcomeUnknown;
  }
}
