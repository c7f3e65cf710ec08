import type { InFlight } from '../in-flight.ts';
import type { BodyGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of the bytes of all bodies; that there is no room for one is found out while it comes. */
export function bodyBytesInFlight({ bodies: { maximum } }: InFlight): BodyGuard {
  const what = 'The gateway has as many bytes of requests in memory as it may have';
  const refusal = overloaded('bodyBytesInFlight', 'MAX_BODY_BYTES_IN_FLIGHT', maximum, what);
  return {
    name: 'the bytes of bodies in flight',
    check: (_body, { heldBody }) => (heldBody?.givenUp ? refusal : undefined),
  };
}
