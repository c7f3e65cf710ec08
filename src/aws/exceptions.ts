/**
 * Translates failed calls into the API's errors, by the name of AWS's exception alone. Names mean the same
 * for every operation of a service, so a table serves the service, and an exception that an operation's model
 * forgot to list still finds its error.
 */
import {
  AccessDeniedError,
  type ApiError,
  ConflictError,
  type ConflictReason,
  type Facts,
  IdempotencyMismatchError,
  InvalidInputError,
  type MissingResource,
  NotFoundError,
  ProviderFailureError,
  QuotaExceededError,
  type ResourceType,
  ThrottledError,
} from '../errors.ts';
import { AwsFailure, type FailureKind } from './failure.ts';

/** What an AWS exception means to this API. */
export type Meaning =
  | 'invalidInput'
  | 'notFound'
  | 'conflict'
  | 'quotaExceeded'
  | 'idempotencyMismatch'
  | 'accessDenied'
  | 'throttled'
  | 'failure';

export type ExceptionTable = Readonly<Record<string, Meaning>>;

/**
 * Names that any AWS service may answer with, though no model lists them: the front door that checks
 * signatures, tokens and request syntax is the same for all.
 */
const commonExceptions: ExceptionTable = {
  AccessDenied: 'accessDenied',
  AccessDeniedException: 'accessDenied',
  ExpiredToken: 'accessDenied',
  ExpiredTokenException: 'accessDenied',
  IncompleteSignature: 'accessDenied',
  IncompleteSignatureException: 'accessDenied',
  InvalidClientTokenId: 'accessDenied',
  InvalidSignatureException: 'accessDenied',
  MissingAuthenticationToken: 'accessDenied',
  MissingAuthenticationTokenException: 'accessDenied',
  NotAuthorized: 'accessDenied',
  OptInRequired: 'accessDenied',
  SignatureDoesNotMatch: 'accessDenied',
  UnrecognizedClientException: 'accessDenied',
  RequestLimitExceeded: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  SerializationException: 'invalidInput',
  ValidationError: 'invalidInput',
  ValidationException: 'invalidInput',
};

/** What the caller knows of an operation and AWS's exceptions do not tell. */
export interface OperationContext {
  /** The service, as a sentence calls it: "Amazon Rekognition". */
  readonly service: string;
  readonly exceptions: ExceptionTable;
  /** Whether it changes anything, so that a lost answer leaves its outcome unknown. */
  readonly changes: boolean;
  /** What a not-found answer means here, and in words. */
  readonly missing?: MissingResource & { readonly message: string };
  /** What a conflict means here, unless AWS gives its reason, and in words. */
  readonly conflict?: { readonly reason: ConflictReason; readonly message: string };
}

/** The members of exceptions that this API passes on; each is optional and of whatever type AWS sent. */
interface ExceptionMembers {
  readonly name: string;
  readonly RequestId?: string;
  readonly Reason?: string;
  readonly ResourceType?: string;
  readonly ResourceId?: string;
  readonly RetryAfterSeconds?: number;
}

/** The API's error for a failed call; anything that is not an {@link AwsFailure} comes back as it is. */
export function translate(error: unknown, operation: OperationContext): unknown {
  if (!(error instanceof AwsFailure)) return error;
  return error.exception ? fromException(error, error.exception, operation) : failure(error, operation);
}

function fromException(
  error: AwsFailure,
  exception: ExceptionMembers,
  operation: OperationContext,
): ApiError {
  const { service } = operation;
  const facts = {
    providerCode: exception.name,
    requestId: exception.RequestId ?? error.requestId,
    cause: error,
  };
  const meaning = operation.exceptions[exception.name] ?? commonExceptions[exception.name] ?? 'failure';
  switch (meaning) {
    case 'invalidInput': {
      const message = `${service} refused the input, though it keeps every rule that this gateway knows.`;
      return new InvalidInputError({ ...facts, message, issues: [{ path: [], message }] });
    }
    case 'notFound':
      return notFound(facts, exception, operation);
    case 'conflict':
      return conflict(facts, exception, operation);
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
        message: `${service} does not let the credentials of this gateway perform the operation.`,
      });
    case 'throttled':
      return new ThrottledError({
        ...facts,
        message: `${service} takes no more requests at this rate. Try again later.`,
        retryAfterSeconds: exception.RetryAfterSeconds ?? error.retryAfterSeconds ?? null,
      });
    case 'failure':
      return failure(error, operation, exception);
  }
}

function notFound(
  facts: Omit<Facts, 'message'>,
  exception: ExceptionMembers,
  operation: OperationContext,
): ApiError {
  const { service, missing } = operation;
  const resourceType = resourceTypes[exception.ResourceType ?? ''] ?? missing?.resourceType ?? null;
  const resourceId = exception.ResourceId ?? missing?.resourceId ?? null;
  const isExpected = missing !== undefined && resourceType === missing.resourceType;
  const noun = resourceType?.toLowerCase().replace('_', ' ') ?? 'resource';
  return new NotFoundError({
    ...facts,
    message: isExpected
      ? missing.message
      : `${service} has no ${noun}${resourceId ? ` "${resourceId}"` : ''}.`,
    resourceType,
    resourceId,
  });
}

/** The Identity Store says what is missing; an unknown word for it must not break a closed enum. */
const resourceTypes: Readonly<Record<string, ResourceType>> = {
  USER: 'USER',
  GROUP: 'GROUP',
  GROUP_MEMBERSHIP: 'GROUP_MEMBERSHIP',
  IDENTITY_STORE: 'IDENTITY_STORE',
};

function conflict(
  facts: Omit<Facts, 'message'>,
  exception: ExceptionMembers,
  operation: OperationContext,
): ApiError {
  if (exception.Reason === 'CONCURRENT_MODIFICATION') {
    const message = 'Another request changed the same resource at the same time. Try again.';
    return new ConflictError({ ...facts, message, reason: 'CONCURRENT_MODIFICATION' });
  }
  const { reason, message } = operation.conflict ?? {
    reason: 'INCONSISTENT_STATE',
    message: `${operation.service} refused because the resource is in a state that does not allow it.`,
  };
  return new ConflictError({ ...facts, message, reason });
}

function failure(
  error: AwsFailure,
  { service, changes }: OperationContext,
  exception?: ExceptionMembers,
): ApiError {
  // The SDK calls an exception "Unknown" when the answer names none, such as an empty one.
  const isNamed = exception !== undefined && exception.name !== 'Unknown';
  const outcome = error.outcomeUnknown
    ? 'The outcome is unknown: the change may or may not have been made. Look before you repeat it.'
    : 'Nothing was changed.';
  return new ProviderFailureError({
    message: `${service} ${failureWords[error.kind]}.${changes ? ` ${outcome}` : ''}`,
    providerCode: isNamed ? exception.name : undefined,
    requestId: exception?.RequestId ?? error.requestId,
    retryable:
      error.kind !== 'unsigned' &&
      (error.status === undefined || error.status >= 500 || error.status === 429),
    cause: error,
  });
}

const failureWords: Readonly<Record<FailureKind, string>> = {
  exception: 'failed to perform the operation',
  unreadable: "gave an answer that is not in AWS's protocol",
  disconnected: 'broke the connection before its answer was complete',
  timeout: 'did not answer in time',
  unreachable: 'could not be reached',
  unsigned: 'could not be called because this gateway has no AWS credentials to sign with',
};
