import type { Plugin } from 'graphql-yoga';
import { Context, type Gateway } from '../schema/context.ts';

/**
 * Gives resolvers a fresh {@link Context}. Yoga's `context` option would copy the context's own properties
 * onto an object of Yoga's, and so lose its methods and private state.
 */
export function useGatewayContext(gateway: Gateway): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(args => executeFn({ ...args, contextValue: new Context(gateway) }));
    },
  };
}
