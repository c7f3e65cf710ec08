/** What a client is told of its idempotency keys, without asking. */
import type { ExecutionResult } from 'graphql';
import type { Exchange } from '../exchange.ts';

/** The result with whether mutations with keys had been performed before: any, and each by the answer's name for it. */
export function withReplays(result: ExecutionResult, { keys }: Exchange): ExecutionResult {
  const fields = keys?.replayed;
  if (!fields) return result;
  const idempotency = { replayed: Object.values(fields).includes(true), fields };
  return { ...result, extensions: { ...result.extensions, idempotency } };
}
