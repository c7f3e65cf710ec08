/** What requests come to, in one word, for logs, metrics and traces. */
import { wasEndedHere } from '../aws/failure.ts';
import type { Exchange } from './exchange.ts';

/**
 * - `success`: everything was answered.
 * - `refused`: something was refused, by AWS or by its own rules.
 * - `failed`: AWS failed, or could not be reached.
 * - `abandoned`: nothing failed, but the client had left, or the request had used up its time or its bytes of AWS's answers.
 * - `rejected`: the request was refused before anything of it ran.
 * - `bug`: something went wrong that nothing in this gateway foresees.
 */
export const outcomes = ['success', 'refused', 'failed', 'abandoned', 'rejected', 'bug'] as const;
export type Outcome = (typeof outcomes)[number];

const FAILED = 'PROVIDER_FAILURE';

/** What an exchange that was answered came to. */
export function outcomeOf({
  refusals = [],
  errorCodes = [],
  operations = [],
  failures = [],
}: Exchange): Outcome {
  if (refusals.length === 0 && errorCodes.length === 0) return 'success';
  if (errorCodes.includes('INTERNAL_SERVER_ERROR')) return 'bug';
  if (errorCodes.includes(FAILED) || refusals.some(({ code }) => code === FAILED)) {
    const nothingFailed =
      failures.length > 0 && failures.every(each => wasEndedHere(each.failure, each.unsettled));
    return nothingFailed ? 'abandoned' : 'failed';
  }
  return operations.length > 0 ? 'refused' : 'rejected';
}
