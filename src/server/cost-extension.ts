/** What a client is told of the cost of its operation when it asks by a header. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Exchange } from './exchange.ts';

/** Names the extensions that the answer is to have, separated by commas; those that there are not are ignored. */
const HEADER = 'vestibule-extensions';

/** Whether a request asks for `extensions.cost`. */
export function asksForCost({ [HEADER]: asked }: IncomingHttpHeaders): boolean {
  return (
    asked !== undefined &&
    String(asked)
      .split(',')
      .some(name => name.trim() === 'cost')
  );
}

/** The result with what its operation was counted for before it ran. */
export async function withCost(
  result: ExecutionResult | Promise<ExecutionResult>,
  { upstreamCalls }: Exchange,
): Promise<ExecutionResult> {
  const { extensions, ...answered } = await result;
  return { ...answered, extensions: { ...extensions, cost: { upstreamCalls } } };
}
