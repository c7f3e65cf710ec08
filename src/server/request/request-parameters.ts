import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validateExecutionArgs,
} from 'graphql';
import { DoubledName } from '../../json/exact-reading.ts';
import type { OperationParameters } from './operation-request.ts';

/** The parameters of a request that choose its operation, as far as the client sent them. */
export interface OperationChoice extends Pick<OperationParameters, 'operationName'> {
  readonly query?: string | null | undefined;
}

/**
 * Names the mistake in a request that is not JSON, and leaves other errors as they are. Yoga takes a mistake in the
 * parameters of a GET request for a fault of the server, and does not say what is wrong with a body.
 *
 * @param error What Yoga's parser of requests threw.
 */
export function namedMistake(error: unknown, method: string): unknown {
  if (error instanceof DoubledName) return badRequest(error.message);
  const reason = syntaxMistake(error);
  if (reason === undefined) return error;
  const subject = method === 'GET' ? 'One of the parameters "variables" and "extensions"' : 'The request';
  return badRequest(`${subject} is not valid JSON: ${reason}.`);
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

/** The parser's words, if it was the text that it refused. They go on to quote the text, which is cut off here. */
function syntaxMistake(error: unknown): string | undefined {
  // Yoga wraps the error about a body, but not the one about a parameter.
  const cause = error instanceof GraphQLError ? error.extensions['originalError'] : error;
  const mistaken = cause instanceof SyntaxError || cause !== error;
  return mistaken ? (cause as Error | undefined)?.message.split(', "', 1)[0] : undefined;
}

/**
 * Checks the parameter that Yoga does not.
 *
 * @throws GraphQLError in the words that Yoga has for the others.
 */
export function checkOperationName({ operationName }: { readonly operationName?: unknown }): void {
  if (operationName == null || typeof operationName === 'string') return;
  const type = Array.isArray(operationName) ? 'array' : typeof operationName;
  throw badRequest(`Expected "operationName" param to be empty or a string, but given ${type}.`);
}

/** The result with GraphQL's own words for why there is no operation to execute, of which Yoga tells nothing. */
export function nameChoice(
  result: ExecutionResult,
  schema: GraphQLSchema,
  { query, operationName }: OperationChoice,
): ExecutionResult {
  const [error] = result.errors ?? [];
  if (error?.extensions['code'] !== 'OPERATION_RESOLUTION_FAILURE' || query == null) return result;
  const outcome = validateExecutionArgs({ schema, document: parse(query), operationName });
  const [mistake] = 'schema' in outcome ? [] : outcome;
  return mistake ? { errors: [new GraphQLError(mistake.message, { extensions: error.extensions })] } : result;
}
