import type { GraphQLSchema } from 'graphql';
import { createWeigh } from '../weight.ts';
import type { OperationGuard } from './guard.ts';

/** A page of 1,000 users with every field has 59,000. */
const MAX_VALUES = 100_000;

/** A guard of the number of values that an answer can have. */
export function answerValues(schema: GraphQLSchema): OperationGuard {
  const weigh = createWeigh(schema);
  return {
    name: 'the values of the answer',
    check({ document, operation, variables }) {
      const actual = Math.ceil(weigh(document, operation, variables));
      if (actual <= MAX_VALUES) return undefined;
      return {
        status: 400,
        code: 'OPERATION_TOO_LARGE',
        message: `The operation is too large: its answer can have ${actual} values, and may have ${MAX_VALUES}.`,
        facts: { limit: 'values', maximum: MAX_VALUES, actual },
      };
    },
  };
}
