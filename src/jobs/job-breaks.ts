/** Where errors come from that end the work on a job. */

/** What a kind threw, and the database did not. */
export class OfKind extends Error {
  override readonly name = 'OfKind';
}

/**
 * Waits for what a kind does.
 *
 * @throws OfKind whose cause is what the kind threw.
 */
export async function ofKind<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw new OfKind('A kind of jobs threw this.', { cause: error });
  }
}

/** PostgreSQL's codes for what no repeat makes better: values that it has no form for, and statements that are wrong. */
const WRONG_STATEMENT = /^(?:2[1-3]|42)[0-9A-Z]{3}$/;

/** Whether an error would be thrown the next time as well; other errors of the database's are those of a moment. */
export function isBug(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string') return WRONG_STATEMENT.test(code);
  return !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;
}
