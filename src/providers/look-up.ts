/** Look-ups: reads for which absence is an answer. */
import pLimit from 'p-limit';
import { NotFoundError } from '../errors.ts';

/** Turns the refusal "not found" into null. */
export async function found<Result>(lookUp: Promise<Result>): Promise<Result | null> {
  try {
    return await lookUp;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/**
 * Makes batch functions for DataLoader out of look-ups of one thing, for AWS's services that have no call for
 * several. At most `parallel` look-ups of all these functions together run at a time. A look-up that fails
 * gives its error for its key alone.
 */
export function lookUpEach(parallel: number) {
  const limit = pLimit(parallel);
  return <Key, Result>(lookUp: (key: Key) => Promise<Result>) => {
    const one = (key: Key) => limit(() => found(lookUp(key))).catch((error: Error) => error);
    return (keys: readonly Key[]) => Promise.all(keys.map(one));
  };
}
