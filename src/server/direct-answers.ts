/**
 * A short way to the answer for documents that Yoga has found valid before, which nearly all requests are.
 *
 * For each request, Yoga makes the objects of the Fetch API and some dozens of closures. Without them a create
 * takes 0.63× the CPU time, and its slowest answers are less slow: V8 drops the machine code of functions that
 * do not live at a collection of the old generation, so that closures of requests are compiled anew after each.
 *
 * Whatever is not plain goes Yoga's way, so that each rule of GraphQL over HTTP has one place: a document seen
 * for the first time, parameters that are not quite right, other media types than JSON.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { normalizedExecutor } from '@graphql-tools/executor';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { type FetchAPI, processRegularResult } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Gateway } from '../schema/context.ts';
import { answerErrors } from './error-answers.ts';
import type { RequestHandler } from './exchange.ts';
import { beginExecution } from './execution.ts';
import type { KnownDocuments } from './known-documents.ts';
import { logOperation } from './operation-log.ts';

export interface DirectAnswersOptions {
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly logger: Logger;
  readonly documents: KnownDocuments;
}

/**
 * A handler of POST requests whose body is JSON.
 *
 * @param answerByYoga Takes the requests that are not plain.
 */
export function directAnswers(
  { schema, gateway, logger, documents }: DirectAnswersOptions,
  answerByYoga: RequestHandler,
): RequestHandler {
  return async (request, response, exchange) => {
    const body = await readBody(request);
    const mediaType = acceptedMediaType(request.headers.accept);
    const plain = mediaType && plainRequest(body, documents);
    if (!plain) return answerByYoga(unread(request, body), response, exchange);
    const { document, operation, variables, operationName } = plain;
    const result = await normalizedExecutor({
      schema,
      document,
      contextValue: beginExecution(exchange, operation, gateway),
      variableValues: variables,
      operationName,
    });
    // Only subscriptions have results of other kinds, and this API has none.
    const answer = answerErrors(result as ExecutionResult, exchange, logger);
    send(response, processRegularResult(answer, responses, mediaType) as unknown as PlainResponse);
    logOperation(logger, exchange, response.statusCode);
  };
}

/** A client that goes away before the end leaves this pending, and nothing holds on to it. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

/** The request as if its body had not been read; Yoga looks for a `body` first. */
function unread(request: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(request, { body: Readable.from([body]) });
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

interface PlainRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Record<string, unknown> | undefined;
  readonly operationName: string | undefined;
}

function plainRequest(body: Buffer, documents: KnownDocuments): PlainRequest | undefined {
  const parameters = plainParameters(body);
  const document = parameters && documents.getValid(parameters.query);
  const operation = document && getOperationAST(document, parameters.operationName);
  if (!operation) return undefined;
  const { variables, operationName } = parameters;
  return {
    document,
    operation,
    variables: variables ?? undefined,
    operationName: operationName ?? undefined,
  };
}

interface Parameters {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string | null;
}

/** The parameters of a request in which there is nothing to complain about. */
function plainParameters(body: Buffer): Parameters | undefined {
  let sent: unknown;
  try {
    sent = JSON.parse(body.toString());
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
  return plain ? (sent as unknown as Parameters) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What Yoga makes of a result: all that is needed to send it. */
class PlainResponse {
  readonly body: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: string, { status, headers }: Pick<PlainResponse, 'status' | 'headers'>) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

/** Yoga's function that decides about status and body takes the class of its responses from here. */
const responses = { Response: PlainResponse } as unknown as FetchAPI;

function send(response: ServerResponse, { body, status, headers }: PlainResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
