/**
 * Requests that need nothing of Yoga, which nearly all are: a document that Yoga has found valid before, parameters
 * in which there is nothing to complain about, JSON as the answer.
 *
 * This decides only who reads a request and writes its answer. It cannot refuse one, and sees no more of it than
 * Yoga does.
 */
import { readExactly } from '../adapter/exact-reading.ts';
import type { GraphQLHTTPRequest } from './graphql-http-request.ts';
import type { KnownDocuments } from './known-documents.ts';
import type { ResultType } from './media-types.ts';
import { type OperationParameters, type OperationRequest, requestOperation } from './operation-request.ts';

/** What is not a stream. */
type WholeType = Exclude<ResultType, 'text/event-stream' | 'multipart/mixed'>;

export interface PlainRequest {
  readonly operation: OperationRequest;
  readonly mediaType: WholeType;
}

/** The request, if it is plain. */
export function plainRequest(
  { method, mediaType, body }: GraphQLHTTPRequest,
  documents: KnownDocuments,
): PlainRequest | undefined {
  if (method !== 'POST' || !isWhole(mediaType)) return undefined;
  const parameters = plainParameters(body);
  const document = parameters && documents.getValid(parameters.query);
  const operation = document && requestOperation(document, parameters);
  return operation && { operation, mediaType };
}

function isWhole(type: ResultType): type is WholeType {
  return type === 'application/json' || type === 'application/graphql-response+json';
}

interface QueryParameters extends OperationParameters {
  readonly query: string;
}

/** The parameters of a request in which there is nothing to complain about. */
function plainParameters(body: string): QueryParameters | undefined {
  let sent: unknown;
  try {
    sent = readExactly(body);
  } catch {
    return undefined;
  }
  if (!isObject(sent)) return undefined;
  const { query, variables, operationName, extensions, ...others } = sent;
  const plain =
    typeof query === 'string' &&
    (variables == null || isObject(variables)) &&
    (operationName == null || typeof operationName === 'string') &&
    (extensions == null || isObject(extensions)) &&
    Object.keys(others).length === 0;
  return plain ? (sent as unknown as QueryParameters) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
