import type { InFlight } from '../in-flight.ts';
import type { RequestGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of the number of requests that are served at a time. What is beyond it is told at once, not kept waiting. */
export function requestsInFlight(inFlight: InFlight): RequestGuard {
  const what = 'The gateway has as many requests under way as it may have';
  const refusal = overloaded('inFlight', 'MAX_IN_FLIGHT', inFlight.maximum, what);
  return {
    name: 'the requests in flight',
    check(_head, exchange) {
      if (!inFlight.enter()) return refusal;
      exchange.inFlight = inFlight;
      return undefined;
    },
  };
}
