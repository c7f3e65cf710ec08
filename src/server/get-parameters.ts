import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Names the mistake in a GET request's JSON parameters, which Yoga takes for a fault of the server. */
export function useGetParameters(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || !requestParser) return;
      setRequestParser(async sent => {
        try {
          return await requestParser(sent);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          throw new GraphQLError('The parameters "variables" and "extensions" must be JSON objects.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          });
        }
      });
    },
  };
}
