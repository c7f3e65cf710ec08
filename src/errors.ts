/**
 * The refusals that clients of the API may meet, whatever provider they come from.
 *
 * Adapters throw them; a mutation returns them as members of its union, and on queries they become GraphQL
 * errors with the same facts as extensions. Any other exception is a bug of ours and is never shown.
 */

export type ErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'QUOTA_EXCEEDED'
  | 'IDEMPOTENCY_MISMATCH'
  | 'ACCESS_DENIED'
  | 'THROTTLED'
  | 'PROVIDER_FAILURE';

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
    super(message, { cause });
    this.providerCode = providerCode ?? null;
    this.requestId = requestId ?? null;
  }
}

/** One thing that is wrong with an input: where, and what would be right. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

export class InvalidInputError extends ApiError {
  readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
  readonly retryable = false;
  readonly issues: readonly InputIssue[];

  constructor({ issues, ...facts }: Facts & { readonly issues: readonly InputIssue[] }) {
    super(facts);
    this.issues = issues;
  }
}

/** Nobody reads more; a long list with a mistake in each entry would otherwise be answered with ten times its size. */
const MAX_ISSUES = 100;

/** The refusal of an input for these issues; its message names them too, for clients that show only that. */
export function invalidInput(issues: readonly InputIssue[]): InvalidInputError {
  const listed = issues.length > MAX_ISSUES ? firstOf(issues) : issues;
  return new InvalidInputError({ message: listed.map(({ message }) => message).join(' '), issues: listed });
}

/** As many issues as are listed, and one that counts the others. */
function firstOf(issues: readonly InputIssue[]): readonly InputIssue[] {
  const others = issues.length - MAX_ISSUES;
  return [...issues.slice(0, MAX_ISSUES), { path: [], message: `…and ${others.toLocaleString('en')} more.` }];
}

export type ResourceType =
  | 'COLLECTION'
  | 'USER'
  | 'GROUP'
  | 'GROUP_MEMBERSHIP'
  | 'IDENTITY_STORE'
  | 'ACCOUNT';

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

export type ConflictReason = 'ALREADY_EXISTS' | 'CONCURRENT_MODIFICATION' | 'INCONSISTENT_STATE';

export class ConflictError extends ApiError {
  readonly name = 'ConflictError';
  readonly code = 'CONFLICT';
  readonly retryable: boolean;
  readonly reason: ConflictReason;

  constructor({ reason, ...facts }: Facts & { readonly reason: ConflictReason }) {
    super(facts);
    this.reason = reason;
    this.retryable = reason === 'CONCURRENT_MODIFICATION';
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

export class ProviderFailureError extends ApiError {
  readonly name = 'ProviderFailureError';
  readonly code = 'PROVIDER_FAILURE';
  readonly retryable: boolean;

  constructor({ retryable, ...facts }: Facts & { readonly retryable: boolean }) {
    super(facts);
    this.retryable = retryable;
  }
}
