/**
 * Requests that need nothing of Yoga, which nearly all are: a document that Yoga has found valid before, parameters
 * in which there is nothing to complain about, JSON as the answer.
 *
 * This decides only who reads a request and writes its answer. It cannot refuse one, and sees no more of it than
 * Yoga does.
 */
import type { GraphQLHTTPRequest } from './graphql-http-request.ts';
import type { KnownDocuments } from './known-documents.ts';
import { type OperationParameters, type OperationRequest, requestOperation } from './operation-request.ts';

export interface PlainRequest {
  readonly operation: OperationRequest;
  /** What Yoga would choose of the media types that it has for results. */
  readonly mediaType: string;
}

/** The request, if it is plain. */
export function plainRequest(
  { method, accept, body }: GraphQLHTTPRequest,
  documents: KnownDocuments,
): PlainRequest | undefined {
  const mediaType = method === 'POST' && acceptedMediaType(accept);
  if (!mediaType) return undefined;
  const parameters = plainParameters(body);
  const document = parameters && documents.getValid(parameters.query);
  const operation = document && requestOperation(document, parameters);
  return operation && { operation, mediaType };
}

/** What Yoga would choose of the types that it has for results, or undefined for what it alone should see. */
function acceptedMediaType(accept = '*/*'): string | undefined {
  for (const part of accept.toLowerCase().split(',')) {
    const [type, ...parameters] = part.split(';');
    if (parameters.some(parameter => parameter.includes('charset'))) return undefined;
    switch (type?.trim()) {
      case 'application/graphql-response+json':
        return 'application/graphql-response+json';
      case 'application/json':
      case 'application/*':
      case '*/*':
        return 'application/json';
      default:
    }
  }
  return undefined;
}

interface QueryParameters extends OperationParameters {
  readonly query: string;
}

/** The parameters of a request in which there is nothing to complain about. */
function plainParameters(body: string): QueryParameters | undefined {
  let sent: unknown;
  try {
    sent = JSON.parse(body);
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
