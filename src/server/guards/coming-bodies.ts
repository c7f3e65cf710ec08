import type { InFlight } from '../in-flight/requests.ts';
import type { BodyGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of the number of bodies that are waited for; which of them is one too many is found out when another begins to come. */
export function comingBodies({ coming: { maximum } }: InFlight): BodyGuard {
  const what = 'The gateway waits for as many bodies of requests as it may at a time';
  const refusal = overloaded('comingBodies', 'MAX_IN_FLIGHT', maximum, what);
  return {
    name: 'the bodies that come',
    check: (_body, { coming }) => (coming?.givenUp ? refusal : undefined),
  };
}
