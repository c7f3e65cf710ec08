/** The GraphQL endpoint: Yoga with nothing on the request's path that this API does not need. */
import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Gateway } from '../schema/context.ts';
import { directAnswers } from './direct-answers.ts';
import { useErrorAnswers } from './error-answers.ts';
import type { Exchange, RequestHandler } from './exchange.ts';
import { useExecution } from './execution.ts';
import { KnownDocuments, useKnownDocuments } from './known-documents.ts';
import { useDocumentLimits } from './limits.ts';
import { useOperationLog } from './operation-log.ts';
import { useRequestParameters } from './request-parameters.ts';

export const GRAPHQL_PATH = '/graphql';

export interface GraphQLOptions {
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly logger: Logger;
}

/** The handler of requests that the listener let through. */
export function createGraphQLHandler({ schema, gateway, logger }: GraphQLOptions): RequestHandler {
  const documents = new KnownDocuments();
  const yoga = createYoga<Exchange>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    batching: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    logging: false,
    // useErrorAnswers masks, with an id that Yoga's own masking has no way to know.
    maskedErrors: false,
    // The listener checks the size by its header. Yoga's own check pipes the body through another stream.
    maxRequestBodySize: false,
    parserAndValidationCache: documents.caches,
    plugins: [
      useRequestParameters(),
      useDocumentLimits(),
      useKnownDocuments(documents),
      useExecution(gateway),
      useErrorAnswers(logger),
      useOperationLog(logger),
    ],
  });
  const answerByYoga: RequestHandler = async (request, response, exchange) => {
    await yoga(request, response, exchange);
  };
  const answerDirectly = directAnswers({ schema, gateway, logger, documents }, answerByYoga);
  return (request, response, exchange) =>
    (request.method === 'POST' ? answerDirectly : answerByYoga)(request, response, exchange);
}
