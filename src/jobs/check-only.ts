/** Lets everything be checked that comes before a call to AWS, and no call be made. */
import type { CallMemory } from '../adapter/call-memory.ts';

/** What was to be called is in order, as far as can be told without calling it. */
export class WouldCall extends Error {
  override readonly name = 'WouldCall';
}

/** Calls are asked for when their input and what they reach has been checked. */
export const checkOnly: CallMemory = {
  recall() {
    throw new WouldCall();
  },
};
