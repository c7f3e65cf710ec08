/** What can go wrong on the way to AWS and back, sorted by what it means for the caller. */
import type { ServiceException } from '@smithy/core/client';
import { getRetryAfterHint } from '@smithy/core/retry';

/**
 * - `exception`: AWS answered with an exception.
 * - `unreadable`: something answered, but not in AWS's protocol (a proxy's HTML page, an empty error).
 * - `disconnected`: the connection broke before the answer was complete.
 * - `timeout`: the answer did not come in time.
 * - `unreachable`: no connection could be made, so nothing was sent.
 * - `stopped`: this gateway stopped before the answer came.
 * - `dropped`: it was not sent any more, because nobody waited for the answer or this gateway stopped.
 * - `unsigned`: there are no credentials (or no region) to sign with, so nothing was sent.
 */
export type FailureKind =
  | 'exception'
  | 'unreadable'
  | 'disconnected'
  | 'timeout'
  | 'unreachable'
  | 'stopped'
  | 'dropped'
  | 'unsigned';

/** Errors of connections that were never made: AWS cannot have seen the request. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EACCES',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
]);

const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

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

const unsentKinds: ReadonlySet<FailureKind> = new Set(['unreachable', 'unsigned', 'dropped']);

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
  /** Whether AWS may have performed the operation, by this attempt or an earlier one. */
  readonly outcomeUnknown: boolean;

  constructor(kind: FailureKind, cause: unknown, earlierOutcomeUnknown: boolean) {
    super(`AWS call failed: ${kind}`, { cause });
    const { $metadata: metadata, $response: response } = cause as Partial<ServiceException>;
    this.kind = kind;
    this.exception = kind === 'exception' ? (cause as ServiceException) : undefined;
    this.status = metadata?.httpStatusCode ?? response?.statusCode;
    this.requestId = metadata?.requestId;
    const retryAt = getRetryAfterHint(response)?.getTime();
    this.retryAfterSeconds =
      retryAt === undefined ? undefined : Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    this.outcomeUnknown = earlierOutcomeUnknown || mayHaveHappened(kind, this.status);
  }
}

/** A fault of the server may strike after it did the work; a client's mistake is refused before. */
function mayHaveHappened(kind: FailureKind, status: number | undefined): boolean {
  if (unsentKinds.has(kind)) return false;
  return kind !== 'exception' || status === undefined || status >= 500;
}

/** Sorts an error that the transport threw. */
export function transportFailureKind(error: unknown): FailureKind {
  if (error instanceof GivenUp) return error.kind;
  const code = (error as { code?: string }).code ?? '';
  if (UNSENT.has(code)) return 'unreachable';
  return TIMED_OUT.has(code) ? 'timeout' : 'disconnected';
}
