/** What a client is told of the cost of its operation when it asks. */
import type { ExecutionResult } from 'graphql';
import type { Exchange } from '../exchange.ts';

/** The result with what its operation was counted for before it ran. */
export function withCost(
  { extensions, ...answered }: ExecutionResult,
  { upstreamCalls, databaseReads }: Exchange,
): ExecutionResult {
  return { ...answered, extensions: { ...extensions, cost: { upstreamCalls, databaseReads } } };
}
