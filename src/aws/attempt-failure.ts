/** Attempts without a result, and what the SDK's retry strategy is told of them. */
import type { HttpResponse } from '@smithy/core/protocols';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { RetryErrorInfo, SdkError } from '@smithy/types';
import { type FailureKind, GivenUp, NotAdmitted, Overdue } from './failure.ts';
import { retryAfterOf } from './retry-after.ts';

interface AttemptFacts {
  readonly trace?: readonly string[];
  readonly host?: string | undefined;
}

/** One attempt without a result; `cause` is the error of the SDK or of the connection. */
export class AttemptFailure extends Error {
  readonly kind: FailureKind;
  /** What the SDK said before about the sources of credentials. */
  readonly trace: readonly string[];
  /** Where the request was to go, if it came so far. */
  readonly host: string | undefined;

  constructor(kind: FailureKind, cause: unknown, { trace = [], host }: AttemptFacts = {}) {
    super(kind, { cause });
    this.kind = kind;
    this.trace = trace;
    this.host = host;
  }
}

/**
 * How an attempt failed, unless the error is a bug.
 *
 * @param host Where its request was to go, if there was one.
 */
export function failedAttempt(error: unknown, host?: string): AttemptFailure | undefined {
  if (error instanceof AttemptFailure) return error;
  if (error instanceof Overdue) return new AttemptFailure('overdue', error, { host });
  const wasGivenUp = error instanceof NotAdmitted || error instanceof GivenUp;
  return wasGivenUp ? new AttemptFailure(error.kind, error, { host }) : undefined;
}

/** Ends an attempt. */
export function fail(kind: FailureKind, cause: unknown, facts?: AttemptFacts): never {
  throw new AttemptFailure(kind, cause, facts);
}

/** What the SDK's retry strategy is told of an error, as its own middleware tells it. */
export function retryInfo(cause: unknown): RetryErrorInfo {
  const error = cause as SdkError & { readonly $response?: HttpResponse };
  const retryAfterHint = retryAfterOf(error.$response);
  return { error, errorType: retryErrorType(error), ...(retryAfterHint && { retryAfterHint }) };
}

function retryErrorType(error: SdkError): RetryErrorInfo['errorType'] {
  if (isThrottlingError(error)) return 'THROTTLING';
  if (isTransientError(error)) return 'TRANSIENT';
  return isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
}
