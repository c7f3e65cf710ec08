/** How errors look in an answer's `errors`: refusals with their facts, bugs of ours as nothing but an id. */
import { type ExecutionResult, GraphQLError, type GraphQLErrorExtensions, Kind } from 'graphql';
import type { Logger } from 'pino';
import { factsOfBug } from '../../bug-facts.ts';
import { ApiError } from '../../errors.ts';
import type { Exchange } from '../exchange.ts';
import { exceededLimit } from '../library-limits.ts';
import { fitsInto } from './answer-bytes.ts';
import { withReplays } from './idempotency-extension.ts';
import { withoutLongTexts } from './quoted-texts.ts';
import { withoutMembers } from './quoted-values.ts';

/** What decides about the results that clients get. */
export interface ResultOptions {
  readonly logger: Logger;
  readonly maxAnswerBytes: number;
}

/** The result as clients are to see it: its errors with their facts, what became of keys, and an error in its place if it is too large. */
export function finalResult(
  result: ExecutionResult,
  exchange: Exchange,
  { logger, maxAnswerBytes }: ResultOptions,
): ExecutionResult {
  const answered = withReplays(answerErrors(result, exchange, logger), exchange);
  return fitsInto(maxAnswerBytes, answered) ? answered : tooLarge(maxAnswerBytes, exchange);
}

/** A query that asks for too much is refused; a mutation has run, and nobody is to take this for its refusal. */
function tooLarge(maximum: number, exchange: Exchange): ExecutionResult {
  const code = 'ANSWER_TOO_LARGE';
  exchange.errorCodes = [code];
  const ran = exchange.operation?.operation === 'mutation';
  const advice = ran
    ? 'The mutation has run: look what it did before you repeat it.'
    : 'Ask for less at a time.';
  const message = `The answer is too large: it has more than ${maximum} bytes. ${advice}`;
  const extensions = { code, limit: 'answerBytes', maximum, http: { status: ran ? 200 : 400 } };
  return { ...(ran && { data: null }), errors: [new GraphQLError(message, { extensions })] };
}

/** The last result of a subscription whose token has expired: its client gets another one, and asks again. */
export function expiredResult(exchange: Exchange): ExecutionResult {
  const code = 'UNAUTHENTICATED';
  exchange.errorCodes = [code];
  const message = 'The token has expired. Ask again with another one.';
  return { errors: [new GraphQLError(message, { extensions: { code } })] };
}

function answerErrors(result: ExecutionResult, exchange: Exchange, logger: Logger): ExecutionResult {
  if (!result.errors?.length) return result;
  const errors = nameLimits(result.errors).map(error => answer(error, exchange, logger));
  exchange.errorCodes = errors.map(error => String(error.extensions['code']));
  return { ...result, errors };
}

/** GraphQL's implementation gives up with a last error. */
function nameLimits(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const last = errors.at(-1);
  const limit = last && exceededLimit(last.message, errors.length - 1);
  if (!limit) return errors;
  return [...errors.slice(0, -1), rewritten(last, limit.message, { ...last.extensions, ...limit.facts })];
}

/** The result for a request that could not be answered, whatever was thrown. */
export function bugResult(error: unknown, exchange: Exchange, logger: Logger): ExecutionResult {
  const { requestId } = exchange;
  logger.error({ requestId, err: factsOfBug(error) }, bugSurfaced);
  const extensions = extensionsOfBug(requestId);
  exchange.errorCodes = [String(extensions['code'])];
  return { errors: [new GraphQLError(unexpected, { extensions })] };
}

function answer(error: GraphQLError, { requestId, operation }: Exchange, logger: Logger): GraphQLError {
  const cause = originOf(error);
  if (cause instanceof ApiError) return rewritten(error, cause.message, factsOf(cause));
  if (cause instanceof GraphQLError) {
    const extensions = withFirmStatus({ code: 'BAD_USER_INPUT', ...error.extensions });
    return rewritten(error, shortened(withoutLongTexts(withoutMembers(error))), extensions);
  }
  logger.error({ requestId, field: fieldOf(error), err: factsOfBug(cause) }, bugSurfaced);
  // What changes something stands at the top; below, what was changed is shown.
  const isChange = operation?.operation === 'mutation' && error.path?.length === 1;
  const facts = { ...extensionsOfBug(requestId), ...(isChange && { outcomeUnknown: true }) };
  return rewritten(error, unexpected, facts);
}

/** The field by the schema's name for it: those in the path may be aliases, which can say anything. */
function fieldOf({ nodes }: GraphQLError): string | undefined {
  const [node] = nodes ?? [];
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}

/** What GraphQL's implementation says quotes values whole, however many parts they have. */
const MAX_MESSAGE = 2_000;

function shortened(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
}

const bugSurfaced = 'A bug surfaced; the client was given the request id.';
const unexpected = 'Unexpected error.';

function extensionsOfBug(requestId: string): GraphQLErrorExtensions {
  // `unexpected` is for Yoga, which answers 500 when there is no data; it keeps this to itself.
  return { code: 'INTERNAL_SERVER_ERROR', errorId: requestId, unexpected: true };
}

/** What was thrown at first, under the layers that name its place in the query. */
function originOf(error: GraphQLError): Error {
  const inner = error.originalError;
  if (!inner) return error;
  return inner instanceof GraphQLError ? originOf(inner) : inner;
}

/** What the error's type has in the schema beside the message; what `Error` itself keeps is not enumerable. */
function factsOf(error: ApiError): Record<string, unknown> {
  const fields = Object.entries(error).filter(([name]) => name !== 'name');
  return { code: error.code, ...Object.fromEntries(fields) };
}

/** Errors that answer with status 400 to every client. */
const alwaysBad = new Set<unknown>(['BAD_REQUEST', 'DOCUMENT_TOO_LARGE']);

/**
 * Clients that accept only application/json get errors in documents with status 200, as GraphQL over HTTP
 * recommends; `http.spec` tells Yoga so. Where there is no document to speak of, the status says so as well.
 */
function withFirmStatus(extensions: GraphQLErrorExtensions): GraphQLErrorExtensions {
  if (!alwaysBad.has(extensions['code'])) return extensions;
  return { ...extensions, http: { status: 400, ...(extensions['http'] as object), spec: false } };
}

function rewritten(error: GraphQLError, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}
