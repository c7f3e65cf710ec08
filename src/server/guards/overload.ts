/** What requests are told for which the gateway has no room. */
import type { Refusal } from './guard.ts';

/** How long a client is to wait before it comes again: there may be room at any moment. */
const RETRY_AFTER_S = 1;

/** The refusal for want of room, with the limit and the name of the setting that it is. */
export function overloaded(limit: string, setting: string, maximum: number, what: string): Refusal {
  return {
    status: 503,
    code: 'OVERLOADED',
    message: `${what}, which is ${maximum} (${setting}). Nothing was done. Try again.`,
    facts: { limit, maximum, retryable: true },
    headers: { 'retry-after': String(RETRY_AFTER_S) },
  };
}
