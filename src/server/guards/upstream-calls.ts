import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { InFlight } from '../in-flight/requests.ts';
import { senderOf } from '../request/client-address.ts';
import { createCountCalls } from '../weighing/upstream-calls.ts';
import type { OperationGuard } from './guard.ts';
import { overloaded } from './overload.ts';

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

/**
 * A guard of how many calls to AWS all operations under way of a sender can take, besides the changes of batches: each that waits
 * for its turn takes memory, and the answers that come together the time of all. It stands after the guard that counts.
 *
 * @param proxies See {@link senderOf}.
 */
export function upstreamCallsInFlight(
  schema: GraphQLSchema,
  { upstreamCalls: calls }: InFlight,
  proxies: number,
): OperationGuard {
  const countBesidesBatch = createCountCalls(schema, 'free');
  const refusals = {
    own: overloaded(
      'upstreamCallsInFlight',
      'twice MAX_UPSTREAM_CALLS',
      calls.maximum,
      "The caller's operations under way can take as many calls to AWS as they may",
    ),
    all: overloaded(
      'allUpstreamCallsInFlight',
      'a multiple of MAX_UPSTREAM_CALLS',
      calls.maximumOfAll,
      'All operations under way can take as many calls to AWS as they may together',
    ),
  };
  return {
    name: 'the calls to AWS in flight',
    check({ document, operation, variables }, exchange) {
      const { upstreamCalls: all = 0 } = exchange;
      if (calls.isFew(all)) return undefined;
      const isChange = operation.operation === OperationTypeNode.MUTATION;
      const count = isChange ? countBesidesBatch(document, operation, variables) : all;
      const sender = senderOf(exchange, proxies);
      const lacking = calls.enter(sender, count);
      if (lacking) return refusals[lacking];
      exchange.heldCalls = { sender, count };
      return undefined;
    },
  };
}
