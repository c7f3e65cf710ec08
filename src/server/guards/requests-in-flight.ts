import type { InFlight } from '../in-flight.ts';
import type { RequestGuard } from './guard.ts';

/** How long a client is to wait before it comes again: there may be room at any moment. */
const RETRY_AFTER_S = 1;

/** A guard of the number of requests that are served at a time. What is beyond it is told at once, not kept waiting. */
export function requestsInFlight(inFlight: InFlight): RequestGuard {
  return {
    name: 'the requests in flight',
    check(_head, exchange) {
      if (inFlight.enter()) {
        exchange.inFlight = inFlight;
        return undefined;
      }
      const { maximum } = inFlight;
      return {
        status: 503,
        code: 'OVERLOADED',
        message: `The gateway has as many requests under way as it may have, which is ${maximum}. Nothing was done. Try again.`,
        facts: { limit: 'inFlight', maximum, retryable: true },
        headers: { 'retry-after': String(RETRY_AFTER_S) },
      };
    },
  };
}
