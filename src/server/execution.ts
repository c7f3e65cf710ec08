import { getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { Context, type Gateway } from '../schema/context.ts';
import type { Exchange } from './exchange.ts';

/**
 * Gives resolvers a fresh context. Yoga's `context` option would copy the context's own properties onto an
 * object of Yoga's, and so lose its methods and private state.
 */
export function useExecution(gateway: Gateway): Plugin<Exchange, Exchange> {
  return {
    onExecute({ args: { contextValue: exchange, document, operationName }, executeFn, setExecuteFn }) {
      const operation = getOperationAST(document, operationName) ?? undefined;
      const context = beginExecution(exchange, operation, gateway);
      setExecuteFn(args => executeFn({ ...args, contextValue: context }));
    },
  };
}

/** Notes what the exchange executes, and gives the resolvers their context. */
export function beginExecution(
  exchange: Exchange,
  operation: OperationDefinitionNode | undefined,
  gateway: Gateway,
): Context {
  const context = new Context(gateway);
  exchange.operation = operation;
  exchange.refusals = context.refusals;
  return context;
}
