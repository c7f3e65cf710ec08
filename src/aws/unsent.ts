/** Why a request was not sent. AWS cannot have seen any of it, so that nothing was changed. */
import { getSystemErrorMap } from 'node:util';
import { ServiceException } from '@smithy/core/client';

/**
 * - `unreachable`: no connection was made; it may succeed later.
 * - `dropped`: nobody waited for the answer any more, or this gateway stopped.
 * - `overBudget`: its turn in AWS's quota would have come too late.
 * - `overloaded`: too many requests waited for a connection, or for too long.
 * - `overShare`: too many requests of the same caller waited for a connection.
 * - `notAnswering`: the service did not answer those before it.
 * - `insecure`: what listens there cannot make a TLS connection that this process trusts.
 * - `wrongEndpoint`: the endpoint, or the settings that lead to it, cannot be used.
 * - `noRegion`: no region is configured, or none that a host name can have.
 * - `unencodable`: the input does not fit into a request.
 * - `noCredentials`: none are configured.
 * - `processFailed`: the program that the AWS profile names for them, its `credential_process`, gives none.
 * - `noProfile`: the AWS profile does not exist.
 * - `ssoEnded`: the session of IAM Identity Center has ended, or never began.
 * - `credentialsDenied`: AWS refuses to give credentials.
 * - `credentialsUnreachable`: those who hand out credentials do not answer; they may later.
 */
export type UnsentKind =
  | 'unreachable'
  | 'dropped'
  | 'overBudget'
  | 'overloaded'
  | 'overShare'
  | 'notAnswering'
  | 'insecure'
  | 'wrongEndpoint'
  | 'noRegion'
  | 'unencodable'
  | 'noCredentials'
  | 'processFailed'
  | 'noProfile'
  | 'ssoEnded'
  | 'credentialsDenied'
  | 'credentialsUnreachable';

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
}

/** The operating system's words for what happens to connections, but for its word for every failure of TLS. */
const networkCodes: ReadonlySet<unknown> = new Set(
  [...getSystemErrorMap().values()]
    .map(([code]) => code)
    .filter(code => code !== 'EPROTO')
    // DNS, and undici's own limit.
    .concat('ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'),
);

/** What the SDK says when a `credential_process` ends with an error, or with no credentials that are valid. */
const processFailure = /^Command failed\b|\bcredential_process (?:returned|did not return)\b/;

/** Sorts an error of a connection that was not made. */
export function connectFailureKind(error: unknown): UnsentKind {
  const { code } = error as Coded;
  if (networkCodes.has(code)) return 'unreachable';
  return code === 'UND_ERR_INVALID_ARG' ? 'wrongEndpoint' : 'insecure';
}

/**
 * Sorts an error of what gives credentials.
 *
 * @param trace What the SDK says of the sources that it tried, of which its error tells the last.
 */
export function credentialFailureKind(error: unknown, trace: readonly string[]): UnsentKind {
  if (ServiceException.isInstance(error)) {
    return error.$fault === 'client' ? 'credentialsDenied' : 'credentialsUnreachable';
  }
  const { code, message } = error as Coded;
  if (code !== 'ENOENT' && networkCodes.has(code)) return 'credentialsUnreachable';
  const text = String(message);
  if (/\bSSO session\b|^UnauthorizedException\b/.test(text)) return 'ssoEnded';
  if (trace.some(line => /\bProfile (?!default\b).+ could not be found\b/.test(line))) return 'noProfile';
  if (trace.some(line => processFailure.test(line))) return 'processFailed';
  const isNetwork = trace.some(line => line.split(/\W+/).some(word => networkCodes.has(word)));
  return isNetwork ? 'credentialsUnreachable' : 'noCredentials';
}
