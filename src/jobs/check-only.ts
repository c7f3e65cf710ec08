/** Lets everything be checked that comes before a call to AWS, and no call be made. */
import type { CallMemory } from '../adapter/call-memory.ts';
import { ApiError, type InputIssue, InvalidInputError, invalidInput } from '../errors.ts';

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

/**
 * Checks the calls that a row would take, and tells what is wrong with all of them together. What stands in several is told
 * of the first. What keeps the caller from making one is told when nothing is wrong.
 *
 * @throws ApiError for what is wrong.
 */
export async function checkCalls(calls: readonly Promise<unknown>[]): Promise<void> {
  const issues: InputIssue[] = [];
  const told = new Set<string>();
  let others = 0;
  let refusal: ApiError | undefined;
  for (const check of await Promise.allSettled(calls)) {
    if (check.status === 'fulfilled' || check.reason instanceof WouldCall) continue;
    if (!(check.reason instanceof ApiError)) throw check.reason;
    if (!(check.reason instanceof InvalidInputError)) {
      refusal ??= check.reason;
      continue;
    }
    const further = check.reason.issues.filter(({ path }) => !told.has(JSON.stringify(path)));
    for (const { path } of further) told.add(JSON.stringify(path));
    issues.push(...further);
    others += check.reason.others;
  }
  if (issues.length > 0) throw invalidInput(issues, others);
  if (refusal) throw refusal;
}
