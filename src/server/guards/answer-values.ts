import type { GraphQLSchema } from 'graphql';
import { createWeigh } from '../weight.ts';
import type { OperationGuard } from './guard.ts';

/**
 * A guard of the number of values that an answer can have.
 *
 * @param maximum How many it may have.
 */
export function answerValues(schema: GraphQLSchema, maximum: number): OperationGuard {
  const weigh = createWeigh(schema);
  return {
    name: 'the values of the answer',
    check({ document, operation, variables }, exchange) {
      const actual = Math.ceil(weigh(document, operation, variables));
      exchange.answerValues = actual;
      if (actual <= maximum) return undefined;
      return {
        status: 400,
        code: 'OPERATION_TOO_LARGE',
        message: `The operation is too large: its answer can have ${actual} values, and may have ${maximum}.`,
        facts: { limit: 'values', maximum, actual },
      };
    },
  };
}
