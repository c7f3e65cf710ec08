import { anonymous } from '../../auth/principal.ts';
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

/**
 * A guard of how many of them one caller has, so that there are places for others, however many it asks for. It stands after
 * authentication; without that, all callers are one.
 */
export function requestsOfCaller({ callers }: InFlight): RequestGuard {
  const what = 'The caller has as many requests under way as one caller may have';
  const refusal = overloaded('callersInFlight', 'half of MAX_IN_FLIGHT', callers.each, what);
  return {
    name: "the caller's requests in flight",
    check(_head, exchange) {
      const { principal } = exchange;
      if (principal === anonymous) return undefined;
      if (callers.take(principal.id)) return refusal;
      exchange.placeOf = principal.id;
      return undefined;
    },
  };
}
