/**
 * What AWS's exceptions mean, by their names alone. Names mean the same for every operation of a service, so a table
 * serves the service, and an exception that an operation's model forgot to list still finds its meaning.
 */

/** What an AWS exception means to this API. */
export type Meaning =
  | 'invalidInput'
  | 'notFound'
  | 'conflict'
  | 'quotaExceeded'
  | 'idempotencyMismatch'
  | 'accessDenied'
  /** Either: the service does not tell what is missing from what is forbidden. */
  | 'missingOrDenied'
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

/** What an exception means to this API; a name that nobody knows is a failure of the service. */
export function meaningOf(table: ExceptionTable, exception: string): Meaning {
  // A name may be any text, `constructor` too.
  const known = [table, commonExceptions].find(each => Object.hasOwn(each, exception));
  return known?.[exception] ?? 'failure';
}
