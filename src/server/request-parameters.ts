import { GraphQLError } from 'graphql';

/**
 * Names the mistake in a request that is not JSON, and leaves other errors as they are. Yoga takes a mistake in the
 * parameters of a GET request for a fault of the server, and does not say what is wrong with a body.
 *
 * @param error What Yoga's parser of requests threw.
 */
export function namedMistake(error: unknown, method: string): unknown {
  const reason = syntaxMistake(error);
  if (reason === undefined) return error;
  const subject = method === 'GET' ? 'One of the parameters "variables" and "extensions"' : 'The request';
  return new GraphQLError(`${subject} is not valid JSON: ${reason}.`, {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}

/** The parser's words, if it was the text that it refused. They go on to quote the text, which is cut off here. */
function syntaxMistake(error: unknown): string | undefined {
  // Yoga wraps the error about a body, but not the one about a parameter.
  const cause = error instanceof GraphQLError ? error.extensions['originalError'] : error;
  const mistaken = cause instanceof SyntaxError || cause !== error;
  return mistaken ? (cause as Error | undefined)?.message.split(', "', 1)[0] : undefined;
}
