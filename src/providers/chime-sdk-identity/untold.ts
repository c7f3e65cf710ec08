/** Things of which AWS says that there are none, or that nobody may see them: which of both, its refusal does not tell. */
import { AccessDeniedError, NotFoundError } from '../../errors.ts';

/** What is told of a thing; undefined if nothing is. */
export async function orUntold<Answer>(telling: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await telling;
  } catch (error) {
    if (error instanceof AccessDeniedError || error instanceof NotFoundError) return undefined;
    throw error;
  }
}
