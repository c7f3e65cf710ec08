/** One log line for each answer of the GraphQL endpoint. It never holds variables, documents or people's ids. */
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { ApiError } from '../errors.ts';
import type { Exchange } from './exchange.ts';

export function useOperationLog(logger: Logger): Plugin<Exchange, Exchange> {
  return {
    onExecute({ args }) {
      args.contextValue.operation = getOperationAST(args.document, args.operationName) ?? undefined;
    },
    onResponse({ response, serverContext }) {
      const { requestId, startedAt, operation, refusals, errorCodes } = serverContext;
      logger.info({
        requestId,
        operation: operation?.name?.value,
        type: operation?.operation,
        status: response.status,
        durationMs: Math.round((performance.now() - startedAt) * 1_000) / 1_000,
        refusals: refusals?.length ? refusals.map(factsOf) : undefined,
        errorCodes,
      });
    },
  };
}

/** What an operator needs of a refusal; its message may name people's ids. */
function factsOf({ code, providerCode, requestId }: ApiError) {
  return { code, providerCode, awsRequestId: requestId };
}
