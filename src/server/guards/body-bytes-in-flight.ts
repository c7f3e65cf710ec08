import type { InFlight } from '../in-flight.ts';
import type { BodyGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/** A guard of the bytes of all bodies, and of those of each sender; that there is no room for one is found out while it comes. */
export function bodyBytesInFlight({ bodies }: InFlight): BodyGuard {
  const refusals = {
    all: overloaded(
      'bodyBytesInFlight',
      'MAX_BODY_BYTES_IN_FLIGHT',
      bodies.maximum,
      'The gateway has as many bytes of requests in memory as it may have',
    ),
    share: overloaded(
      'callersBodyBytesInFlight',
      'half of MAX_BODY_BYTES_IN_FLIGHT',
      bodies.share,
      'The gateway has as many bytes of requests of the caller in memory as it may have of one caller',
    ),
  };
  return {
    name: 'the bytes of bodies in flight',
    check: (_body, { heldBody }) => heldBody?.givenUp && refusals[heldBody.givenUp],
  };
}
