import type { GraphQLSchema } from 'graphql';
import { createCountCalls } from '../weighing/upstream-calls.ts';
import type { OperationGuard } from './guard.ts';

/**
 * A guard of the number of calls to AWS that an operation can take.
 *
 * @param maximum How many it may take, besides the changes of one batch: its items are counted by another guard.
 */
export function upstreamCalls(schema: GraphQLSchema, maximum: number): OperationGuard {
  const count = createCountCalls(schema);
  const countBesidesBatch = createCountCalls(schema, 'free');
  return {
    name: 'the calls to AWS',
    check({ document, operation, variables }, exchange) {
      const all = count(document, operation, variables);
      exchange.upstreamCalls = all;
      if (all <= maximum) return undefined;
      const actual = countBesidesBatch(document, operation, variables);
      if (actual <= maximum) return undefined;
      return {
        status: 400,
        code: 'OPERATION_TOO_EXPENSIVE',
        message: `The operation is too expensive: it can take ${actual} calls to AWS, and may take ${maximum}. Ask for fewer entries of lists with \`first\`, or have MAX_UPSTREAM_CALLS raised.`,
        facts: { limit: 'upstreamCalls', maximum, actual },
      };
    },
  };
}
