import type { GraphQLSchema } from 'graphql';
import { createCountCalls } from '../upstream-calls.ts';
import type { OperationGuard } from './guard.ts';

/**
 * A guard of the number of calls to AWS that an operation can take.
 *
 * @param maximum How many it may take.
 */
export function upstreamCalls(schema: GraphQLSchema, maximum: number): OperationGuard {
  const count = createCountCalls(schema);
  return {
    name: 'the calls to AWS',
    check({ document, operation, variables }, exchange) {
      const actual = count(document, operation, variables);
      exchange.upstreamCalls = actual;
      if (actual <= maximum) return undefined;
      return {
        status: 400,
        code: 'OPERATION_TOO_EXPENSIVE',
        message: `The operation is too expensive: it can take ${actual} calls to AWS, and may take ${maximum}. Ask for less at a time.`,
        facts: { limit: 'upstreamCalls', maximum, actual },
      };
    },
  };
}
