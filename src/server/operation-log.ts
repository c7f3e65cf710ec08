/**
 * One log line for each answer of the GraphQL endpoint, and to what is no request, after one for each of its calls to AWS that failed. They never
 * hold variables, documents or people's ids.
 */
import type { Logger } from 'pino';
import type { ApiError } from '../errors.ts';
import type { Exchange } from './exchange.ts';

/** Logs an exchange that was answered with this HTTP status. */
export function logOperation(logger: Logger, exchange: Exchange, status: number): void {
  const { requestId, startedAt, operation, refusals, failures, errorCodes, unreadable } = exchange;
  for (const failure of failures ?? []) logger.warn({ requestId, ...failure }, 'A call to AWS failed.');
  logger.info({
    requestId,
    operation: operation?.name?.value,
    type: operation?.operation,
    status,
    durationMs: Math.round((performance.now() - startedAt) * 1_000) / 1_000,
    refusals: refusals?.length ? refusals.map(factsOf) : undefined,
    errorCodes,
    unreadable,
  });
}

/** What an operator needs of a refusal; its message may name people's ids. */
function factsOf({ code, providerCode, requestId }: ApiError) {
  return { code, providerCode, awsRequestId: requestId };
}
