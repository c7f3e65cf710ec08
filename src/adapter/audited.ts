/** What is told of changes to whoever takes them down: before they are sent, and when it is known what they came to. */
import { ApiError, ProviderFailureError } from '../errors.ts';
import type { AwsOperation } from './operation.ts';

/** Takes down changes. */
export interface Auditor {
  /**
   * Takes down what is about to be sent.
   *
   * @param request In AWS's words.
   * @throws Error when it cannot; then nothing must be sent.
   */
  intend(operation: AwsOperation, request: object): Promise<IntendedChange>;
}

/** What is changed in the gateway itself, in the form in which changes at AWS are taken down. */
export interface OwnChange {
  /** What of the gateway: it stands in the place of a provider. */
  readonly provider: string;
  readonly operation: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A change that was taken down, and may be sent. */
export interface IntendedChange {
  /** Takes down what it came to. Never fails: what AWS did, it did. */
  cameTo(end: ChangeEnd): Promise<void>;
}

/**
 * - `success`: the change was made.
 * - `refused`: it was not made; AWS refused it, or it did not come to AWS.
 * - `unknown`: nobody knows.
 */
export type ChangeOutcome = 'success' | 'refused' | 'unknown';

/** What a change came to. */
export interface ChangeEnd {
  readonly outcome: ChangeOutcome;
  /** Whether its answer was lost, and the outcome was found out afterwards. */
  readonly settled: boolean;
  /** AWS's answer in this API's words, or what was found instead of it. */
  readonly answer?: unknown;
  /** The code of the API's error. */
  readonly code?: string | undefined;
  /** The name of AWS's exception. */
  readonly providerCode?: string | undefined;
  readonly awsRequestId?: string | undefined;
}

/**
 * What a change came to that brought no answer of use, as the caller is told.
 *
 * @param known The API's error for it; anything else is a bug.
 * @param lost Whether an answer was lost before.
 * @param awsRequestId AWS's id of the call whose answer is of no use.
 */
export function endOfFailed(known: unknown, lost: boolean, awsRequestId: string | undefined): ChangeEnd {
  const { code, providerCode, requestId } =
    known instanceof ApiError ? known : { code: 'UNEXPECTED', providerCode: null, requestId: null };
  const outcome = isRefusal(known) ? 'refused' : 'unknown';
  return {
    outcome,
    settled: lost && outcome === 'refused',
    code,
    providerCode: providerCode ?? undefined,
    awsRequestId: requestId ?? awsRequestId,
  };
}

/** Whether it is certain that nothing was changed. */
function isRefusal(known: unknown): boolean {
  return known instanceof ProviderFailureError ? !known.outcomeUnknown : known instanceof ApiError;
}

/** What was to be made is there already, and not by this call. */
export class Taken extends Error {}
