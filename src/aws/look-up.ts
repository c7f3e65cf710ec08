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

/** The results of several look-ups, with the error in place of each that failed: one must not hide the others. */
export function resultsOrErrors<Result>(lookUps: readonly Promise<Result>[]): Promise<(Result | Error)[]> {
  return Promise.all(lookUps.map(lookUp => lookUp.catch((error: Error) => error)));
}

/**
 * Makes batch functions for DataLoader out of look-ups of one thing, for AWS's services that have no call for
 * several. At most `parallel` look-ups of all these functions together run at a time. A look-up that fails
 * gives its error for its key alone.
 */
export function lookUpEach(parallel: number) {
  const limit = pLimit(parallel);
  return <Key, Result>(lookUp: (key: Key) => Promise<Result>) =>
    (keys: readonly Key[]) =>
      resultsOrErrors(keys.map(key => limit(() => found(lookUp(key)))));
}
