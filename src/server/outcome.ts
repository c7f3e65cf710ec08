/** What requests come to, in one word, for logs, metrics and traces. */
import type { Exchange } from './exchange.ts';

/**
 * - `success`: everything was answered.
 * - `refused`: something was refused, by AWS or by its own rules.
 * - `failed`: AWS failed, or could not be reached.
 * - `rejected`: the request was refused before anything of it ran.
 * - `bug`: something went wrong that nothing in this gateway foresees.
 */
export const outcomes = ['success', 'refused', 'failed', 'rejected', 'bug'] as const;
export type Outcome = (typeof outcomes)[number];

/** What an exchange that was answered came to. */
export function outcomeOf({ refusals = [], errorCodes = [], operations = [] }: Exchange): Outcome {
  if (refusals.length === 0 && errorCodes.length === 0) return 'success';
  if (errorCodes.includes('INTERNAL_SERVER_ERROR')) return 'bug';
  if (errorCodes.includes('PROVIDER_FAILURE')) return 'failed';
  if (refusals.some(({ code }) => code === 'PROVIDER_FAILURE')) return 'failed';
  return operations.length > 0 ? 'refused' : 'rejected';
}
