import type { Context } from '../context.ts';
import { Refused } from '../errors.ts';
import type { ApiOperation } from './registry.ts';

/** Does the work of an operation with these arguments, and tells the request's context how it ended. */
export async function observed<Given extends readonly unknown[], Result>(
  operation: ApiOperation,
  context: Context,
  work: (...given: Given) => Result | Promise<Result>,
  ...given: Given
): Promise<Result> {
  const startedAt = performance.now();
  try {
    const result = await work(...given);
    context.operationEnded(operation, startedAt, result instanceof Refused ? result.error : undefined);
    return result;
  } catch (error) {
    context.operationEnded(operation, startedAt, error);
    throw error;
  }
}
