/** What becomes of a request: who answers it, after which guards. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Gateway } from '../schema/context.ts';
import { type Answer, healthAnswer, notFoundAnswer, resultAnswer } from './answers.ts';
import { bugResult, type ResultOptions } from './error-answers.ts';
import { beginExchange, type Exchange } from './exchange.ts';
import { createGraphiQLPage, wantsPage } from './graphiql/page.ts';
import { createGraphQLEndpoint } from './graphql.ts';
import type { Gates } from './guards/gates.ts';
import type { Access } from './guards/index.ts';
import { logOperation } from './operation-log.ts';
import { GRAPHQL_PATH, HEALTH_PATH } from './paths.ts';
import { unifyTarget } from './request-target.ts';

export interface RouteOptions extends ResultOptions {
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly gates: Gates;
  readonly access: Access;
}

interface Route {
  /** What the request passes before anything but its head is looked at. */
  readonly gate: Gates['everyRequest'];
  /** Whether each answer has a line in the log. */
  readonly logged: boolean;
  answer(request: IncomingMessage, exchange: Exchange, stopping: boolean): Answer | Promise<Answer>;
}

/** Answers each request; the promise rejects only if the answer to a bug cannot be sent. */
export type Listener = (
  request: IncomingMessage,
  response: ServerResponse,
  stopping: boolean,
) => Promise<void>;

/** The listener of a server that serves /graphql, /health and nothing else. */
export function createListener({ gates, ...options }: RouteOptions): Listener {
  const { schema, gateway, logger, access } = options;
  const graphql: Route = {
    gate: gates.graphqlRequest,
    logged: true,
    answer: createGraphQLEndpoint({ ...options, gate: gates.operation, bodyGate: gates.body }),
  };
  const page: Route = {
    gate: gates.everyRequest,
    logged: false,
    answer: createGraphiQLPage(schema, gateway, access.tokens !== undefined),
  };
  const health: Route = {
    gate: gates.everyRequest,
    logged: false,
    answer: (_request, _exchange, stopping) => healthAnswer(stopping),
  };
  const nothing: Route = { gate: gates.everyRequest, logged: false, answer: notFoundAnswer };

  function routeOf(request: IncomingMessage): Route {
    switch (pathOf(request)) {
      case GRAPHQL_PATH:
        return access.graphiql && wantsPage(request) ? page : graphql;
      case HEALTH_PATH:
        return health;
      default:
        return nothing;
    }
  }

  return async (request, response, stopping) => {
    unifyTarget(request);
    const exchange = beginExchange(request);
    response.setHeader('x-request-id', exchange.requestId);
    const route = routeOf(request);
    let answer: Answer;
    try {
      const refusal = route.gate(request, exchange);
      const refused = refusal instanceof Promise ? await refusal : refusal;
      answer = refused ?? (await route.answer(request, exchange, stopping));
      answer.sendTo(response);
    } catch (error) {
      answer = resultAnswer(bugResult(error, exchange, logger), 'application/json');
      answer.sendTo(response);
    }
    if (route.logged) logOperation(logger, exchange, answer.status);
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
