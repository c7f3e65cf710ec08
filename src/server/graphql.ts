/**
 * The GraphQL endpoint. A request that is plain is read, executed and answered without Yoga, any other by Yoga; both
 * come to the same execution.
 *
 * For each request, Yoga makes the objects of the Fetch API and some dozens of closures. Without them a create
 * takes 0.63× the CPU time, and its slowest answers are less slow: V8 drops the machine code of functions that
 * do not live at a collection of the old generation, so that closures of requests are compiled anew after each.
 */
import type { IncomingMessage } from 'node:http';
import { type Answer, resultAnswer } from './answers.ts';
import { finalResult, type ResultOptions } from './error-answers.ts';
import type { Exchange } from './exchange.ts';
import { createExecute, type ExecutionOptions } from './execution.ts';
import { graphqlRequest, readBody } from './graphql-http-request.ts';
import type { Gates } from './guards/gates.ts';
import { isForm, readUpload } from './guards/upload-parts.ts';
import { KnownDocuments } from './known-documents.ts';
import { plainRequest } from './plain-request.ts';
import { createYogaAnswers } from './yoga.ts';

export interface EndpointOptions extends ExecutionOptions, ResultOptions {
  readonly bodyGate: Gates['body'];
  readonly uploadGate: Gates['upload'];
}

/** What answers requests that the guards of requests let through; there is no answer to a client that has left meanwhile. */
export function createGraphQLEndpoint(
  options: EndpointOptions,
): (request: IncomingMessage, exchange: Exchange) => Promise<Answer | undefined> {
  const { bodyGate, uploadGate, limits } = options;
  const documents = new KnownDocuments();
  const execute = createExecute(options);
  const answerByYoga = createYogaAnswers({ ...options, documents, execute });
  return async (incoming, exchange) => {
    const hasFiles = isForm(incoming);
    let body = await readBody(incoming, hasFiles ? limits.maxUploadBytes : limits.maxBodyBytes);
    if (!body) return undefined;
    if (hasFiles) {
      const upload = await readUpload(body, incoming.headers, limits);
      const unfit = await uploadGate(upload, exchange);
      if (unfit) return unfit;
      exchange.uploads = upload.files;
      body = upload.operations;
    }
    const refusal = bodyGate(body, exchange);
    const refused = refusal instanceof Promise ? await refusal : refusal;
    if (refused) return refused;
    const request = graphqlRequest(incoming, body);
    const plain = plainRequest(request, documents);
    if (!plain) return answerByYoga(request, exchange);
    const result = await execute(plain.operation, exchange);
    return resultAnswer(finalResult(result, exchange, options), plain.mediaType);
  };
}
