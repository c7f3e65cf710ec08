/** The GraphQL endpoint: Yoga with nothing on the request's path that this API does not need. */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Gateway } from '../schema/context.ts';
import { documentCache } from './document-cache.ts';
import { useErrorAnswers } from './error-answers.ts';
import type { Exchange } from './exchange.ts';
import { useGatewayContext } from './gateway-context.ts';
import { useRequestParameters } from './request-parameters.ts';
import { useDocumentLimits } from './limits.ts';
import { useOperationLog } from './operation-log.ts';

export const GRAPHQL_PATH = '/graphql';

export interface GraphQLOptions {
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly logger: Logger;
}

/** The handler of requests that the listener let through. */
export function createGraphQLHandler({ schema, gateway, logger }: GraphQLOptions) {
  return createYoga<Exchange>({
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
    // The listener checks the size by its header. Yoga's own check pipes the body through another stream,
    // which costs 60 µs a request, more than the rest of Yoga.
    maxRequestBodySize: false,
    parserAndValidationCache: {
      documentCache: documentCache(),
      errorCache: documentCache<GraphQLError>(),
    },
    plugins: [
      useRequestParameters(),
      useDocumentLimits(),
      useGatewayContext(gateway),
      useErrorAnswers(logger),
      useOperationLog(logger),
    ],
  });
}
