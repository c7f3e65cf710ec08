/**
 * Requests that need nothing of Yoga, which nearly all are: a document that Yoga has found valid before, parameters
 * in which there is nothing to complain about, JSON as the answer, which is no stream.
 *
 * This decides only who reads a request and writes its answer. It cannot refuse one, and sees no more of it than
 * Yoga does.
 */
import { OperationTypeNode } from 'graphql';
import type { ResultType } from '../answer/media-types.ts';
import type { GraphQLHTTPRequest } from './graphql-http-request.ts';
import type { KnownDocuments } from './known-documents.ts';
import { type OperationParameters, type OperationRequest, requestOperation } from './operation-request.ts';
import type { SentDocument } from './sent-document.ts';
import { isObject, type SentParameters } from './sent-parameters.ts';

/** What is not a stream. */
type WholeType = Exclude<ResultType, 'text/event-stream' | 'multipart/mixed'>;

export interface PlainRequest {
  readonly operation: OperationRequest;
  readonly mediaType: WholeType;
}

/** The request with these parameters and this document, if it is plain. */
export function plainRequest(
  { method, mediaType }: GraphQLHTTPRequest,
  parameters: SentParameters | undefined,
  { name, text, found }: SentDocument,
  documents: KnownDocuments,
): PlainRequest | undefined {
  if (method !== 'POST' || !isWhole(mediaType)) return undefined;
  const known = text ?? found;
  if (known === undefined || !parameters || !isPlain(parameters, name !== undefined)) return undefined;
  const document = documents.getValid(known);
  const operation = document && requestOperation(document, parameters);
  if (operation?.operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  return operation && { operation, mediaType };
}

function isWhole(type: ResultType): type is WholeType {
  return type === 'application/json' || type === 'application/graphql-response+json';
}

/** Whether there is nothing to complain about in the parameters, besides the document. */
function isPlain(sent: SentParameters, named: boolean): sent is SentParameters & OperationParameters {
  const { variables, operationName, extensions } = sent;
  return (
    (variables == null || isObject(variables)) &&
    (operationName == null || typeof operationName === 'string') &&
    (extensions == null || isObject(extensions)) &&
    Object.keys(sent).every(member => members.has(member) || (named && member === 'documentId'))
  );
}

const members: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);
