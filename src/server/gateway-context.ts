import type { Plugin } from 'graphql-yoga';
import { Context, type Gateway } from '../schema/context.ts';
import type { Exchange } from './exchange.ts';

/**
 * Gives resolvers a fresh {@link Context}. Yoga's `context` option would copy the context's own properties
 * onto an object of Yoga's, and so lose its methods and private state.
 */
export function useGatewayContext(gateway: Gateway): Plugin<Exchange, Exchange> {
  return {
    onExecute({ args: { contextValue: exchange }, executeFn, setExecuteFn }) {
      const context = new Context(gateway);
      exchange.refusals = context.refusals;
      setExecuteFn(args => executeFn({ ...args, contextValue: context }));
    },
  };
}
