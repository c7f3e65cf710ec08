/** Has what was planned for a row checked again, just before a call is sent that changes something. */
import type { CallMemory } from '../adapter/call-memory.ts';
import { AccessDeniedError } from '../errors.ts';
import { inDoubt } from './row-error.ts';

/**
 * A memory of calls that sends none which are not allowed. Of those that were sent before, and looked for, it is asked when
 * they turn out not to have been made.
 *
 * @param recheck Throws AccessDeniedError for what is protected.
 */
export function rechecked(memory: CallMemory, recheck: () => Promise<void>): CallMemory {
  return {
    recall(operation, request) {
      const known = memory.recall(operation, request);
      if (!known || operation.effect === 'read') return known;
      // Nobody looks for other changes, which are sent again instead.
      const isLost = known.lostSince !== undefined && operation.effect !== 'change';
      return { ...known, allow: isLost ? () => asUnknown(recheck()) : recheck };
    },
  };
}

/** Of a change that an earlier process sent, no refusal may say that it was not made. */
async function asUnknown(allowed: Promise<void>): Promise<void> {
  try {
    await allowed;
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) throw error;
    throw inDoubt(error);
  }
}
