/**
 * The GraphQL endpoint. A request that is plain is read, executed and answered without Yoga, any other by Yoga; both
 * come to the same execution.
 *
 * For each request, Yoga makes the objects of the Fetch API and some dozens of closures. Without them a create
 * takes 0.63× the CPU time, and its slowest answers are less slow: V8 drops the machine code of functions that
 * do not live at a collection of the old generation, so that closures of requests are compiled anew after each.
 */
import type { IncomingMessage } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { type DocumentStore, noDocuments } from '../persisted/store.ts';
import { LIGHT_BYTES, turns } from '../turns.ts';
import { type Answer, resultAnswer } from './answer/answers.ts';
import { finalResult, type ResultOptions } from './answer/error-answers.ts';
import type { Exchange, NamedDocument } from './exchange.ts';
import { createExecute, type ExecutionOptions } from './execution.ts';
import type { Gates } from './guards/gates.ts';
import { isForm, readUpload } from './guards/upload-parts.ts';
import { senderOf } from './request/client-address.ts';
import { type GraphQLHTTPRequest, graphqlRequest, readBody } from './request/graphql-http-request.ts';
import { KnownDocuments } from './request/known-documents.ts';
import { plainRequest } from './request/plain-request.ts';
import { forgetExtensions, type SentDocument, sentDocument, withText } from './request/sent-document.ts';
import { type SentParameters, sentParameters, unnamed } from './request/sent-parameters.ts';
import { createYogaAnswers } from './yoga.ts';

export interface EndpointOptions extends ExecutionOptions, ResultOptions {
  readonly arrivalGate: Gates['arrival'];
  readonly bodyGate: Gates['body'];
  readonly documentGate: Gates['document'];
  readonly uploadGate: Gates['upload'];
  /** The documents that requests may name; none if it is absent. */
  readonly persisted?: DocumentStore;
  /** The documents that are known already. */
  readonly documents?: KnownDocuments;
}

/** What a request says, once guards have let it through. */
interface Sent {
  readonly request: GraphQLHTTPRequest;
  readonly parameters: SentParameters | undefined;
  readonly document: SentDocument;
  readonly isLarge: boolean;
}

/** What answers requests that the guards of requests let through; there is no answer to a client that has left meanwhile. */
export function createGraphQLEndpoint(
  options: EndpointOptions,
): (request: IncomingMessage, exchange: Exchange) => Promise<Answer | undefined> {
  const {
    arrivalGate,
    bodyGate,
    uploadGate,
    documentGate,
    limits,
    persisted = noDocuments,
    documents = new KnownDocuments(),
  } = options;
  const execute = createExecute(options);
  const answerByYoga = createYogaAnswers({ ...options, documents, execute });

  /** Only what is valid is kept. */
  function keep({ name, text }: SentDocument): void {
    if (name !== undefined && text !== undefined && documents.getValid(text)) persisted.keep(name, text);
  }

  /**
   * What was sent, or the answer to it, if a guard refuses it; of a client that has left, there is neither. Its bytes and its text
   * are let go of with what calls this: they would stay as long as AWS takes.
   */
  async function receive(incoming: IncomingMessage, exchange: Exchange): Promise<Sent | { answer?: Answer }> {
    const hasFiles = isForm(incoming);
    const maximum = hasFiles ? limits.maxUploadBytes : limits.maxBodyBytes;
    let body = await readBody(incoming, maximum, exchange, limits.trustedProxies);
    if (!body) return {};
    const arrivalRefusal = arrivalGate(body, exchange);
    const unready = arrivalRefusal instanceof Promise ? await arrivalRefusal : arrivalRefusal;
    if (unready) return { answer: unready };
    const isLarge = body.length > LIGHT_BYTES;
    if (isLarge) await turns.take(senderOf(exchange, limits.trustedProxies));
    let sent: SentParameters | undefined;
    if (hasFiles) {
      const upload = await readUpload(body, incoming.headers, limits);
      const unfit = await uploadGate(upload, exchange);
      if (unfit) return { answer: unfit };
      exchange.uploads = upload.files;
      body = upload.operations;
      sent = unnamed(upload.parameters);
    }
    const bodyRefusal = bodyGate(body, exchange);
    const refused = bodyRefusal instanceof Promise ? await bodyRefusal : bodyRefusal;
    if (refused) return { answer: refused };
    const request = graphqlRequest(incoming, body);
    const parameters = sent ?? sentParameters(request);
    if (parameters) request.body = '';
    const document = sentDocument(parameters, persisted);
    forgetExtensions(parameters);
    if (document.name !== undefined) exchange.namedDocument = outcomeOf(document);
    const documentRefusal = documentGate(document, exchange);
    const unwanted = documentRefusal instanceof Promise ? await documentRefusal : documentRefusal;
    if (unwanted) return { answer: unwanted };
    return { request, parameters, document, isLarge };
  }

  return async (incoming, exchange) => {
    const received = await receive(incoming, exchange);
    if (!('request' in received)) return received.answer;
    const { request, parameters, document, isLarge } = received;
    const plain = plainRequest(request, parameters, document, documents);
    if (!plain) {
      // What is large has its turn: its texts would wait in the heap, thousands of them, where its bytes did not.
      if (!isLarge) await turns.take(senderOf(exchange, limits.trustedProxies));
      if (exchange.caller.destroyed) return undefined;
      const answer = await answerByYoga(request, withText(parameters, document), exchange);
      keep(document);
      return answer;
    }
    keep(document);
    // What is plain is no subscription.
    const result = (await execute(plain.operation, exchange)) as ExecutionResult;
    return resultAnswer(finalResult(result, exchange, options), plain.mediaType);
  };
}

function outcomeOf({ text, found }: SentDocument): NamedDocument {
  if (text !== undefined) return 'sent';
  return found === undefined ? 'miss' : 'hit';
}
