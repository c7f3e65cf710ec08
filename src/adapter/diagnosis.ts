/** What an operator needs to know of a failed call. It holds nothing of the call's input or of what AWS answered. */
import { AwsFailure } from '../aws/failure.ts';
import { wordOrNone } from '../aws/words.ts';
import type { AwsOperation } from './operation.ts';

export interface Diagnosis {
  readonly provider: string;
  readonly operation: string;
  /** What kind of failure it was. */
  readonly failure: string;
  /** The error of the SDK or of the socket. */
  readonly cause?: CauseFacts;
  /** The same of an earlier attempt that may have made the change. */
  readonly unsettled?: CauseFacts;
  /** What the SDK said of the sources of credentials that it tried. */
  readonly credentialSources?: readonly string[];
}

interface CauseFacts {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly status: number | undefined;
  /** Where a connection was wanted. */
  readonly host: unknown;
  readonly message?: string;
}

/** Tells of an error of a call what may stand in the log. */
export function diagnosisOf({ name, service }: AwsOperation, error: Error): Diagnosis {
  const call = { provider: service.provider, operation: name };
  if (!(error instanceof AwsFailure)) return { ...call, failure: error.message };
  const { kind, unsettled, trace } = error;
  return {
    ...call,
    failure: kind,
    cause: causeOf(error),
    ...(unsettled && { unsettled: causeOf(unsettled) }),
    ...(trace.length > 0 && { credentialSources: trace }),
  };
}

/** The messages of these may quote the input, what AWS answered, or what a program wrote. */
const indiscreet: ReadonlySet<string> = new Set(['exception', 'unreadable', 'unencodable', 'processFailed']);

function causeOf({ kind, cause, status, host: target }: AwsFailure): CauseFacts {
  const { name, code, message, hostname, host, address } = cause as Error & Readonly<Record<string, unknown>>;
  return {
    name: wordOrNone(name),
    code: wordOrNone(code),
    status,
    host: target ?? hostname ?? host ?? address,
    ...(!indiscreet.has(kind) && { message }),
  };
}
