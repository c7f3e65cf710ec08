import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Names the mistake in a request that is not JSON. Yoga takes one in the parameters of a GET request for a
 * fault of the server, and does not say what is wrong with a body.
 */
export function useRequestParameters(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (!requestParser) return;
      const parse = requestParser;
      const subject =
        request.method === 'GET' ? 'One of the parameters "variables" and "extensions"' : 'The request';
      setRequestParser(sent => {
        try {
          const parameters = parse(sent);
          return parameters instanceof Promise ? parameters.catch(rethrow) : parameters;
        } catch (error) {
          return rethrow(error);
        }
      });

      function rethrow(error: unknown): never {
        const reason = syntaxMistake(error);
        if (reason === undefined) throw error;
        throw new GraphQLError(`${subject} is not valid JSON: ${reason}.`, {
          extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
        });
      }
    },
  };
}

/** The parser's words, if it was the text that it refused. They go on to quote the text, which is cut off here. */
function syntaxMistake(error: unknown): string | undefined {
  // Yoga wraps the error about a body, but not the one about a parameter.
  const cause = error instanceof GraphQLError ? error.extensions['originalError'] : error;
  const mistaken = cause instanceof SyntaxError || cause !== error;
  return mistaken ? (cause as Error | undefined)?.message.split(', "', 1)[0] : undefined;
}
