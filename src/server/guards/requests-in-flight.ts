/** Guards of places, which stand where a request begins, and where one has come that had to give its place back meanwhile. */
import { anonymous } from '../../auth/principal.ts';
import type { InFlight } from '../in-flight/requests.ts';
import type { Guard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of the number of requests that are served at a time. What is beyond it is told at once, not kept waiting. */
export function requestsInFlight(name: string, inFlight: InFlight): Guard<unknown> {
  const what = 'The gateway has as many requests under way as it may have';
  const refusal = overloaded('inFlight', 'MAX_IN_FLIGHT', inFlight.maximum, what);
  return {
    name,
    check(_subject, exchange) {
      if (exchange.hasPlace) return undefined;
      if (!inFlight.enter()) return refusal;
      exchange.inFlight = inFlight;
      exchange.hasPlace = true;
      return undefined;
    },
  };
}

/**
 * A guard of how many of them one caller has, so that there are places for others, however many it asks for. It stands after
 * authentication; without that, all callers are one.
 */
export function requestsOfCaller(name: string, { callers }: InFlight): Guard<unknown> {
  const what = 'The caller has as many requests under way as one caller may have';
  const refusal = overloaded('callersInFlight', 'half of MAX_IN_FLIGHT', callers.each, what);
  return {
    name,
    check(_subject, exchange) {
      const { principal } = exchange;
      if (principal === anonymous || exchange.placeOf !== undefined) return undefined;
      if (callers.take(principal.id)) return refusal;
      exchange.placeOf = principal.id;
      return undefined;
    },
  };
}
