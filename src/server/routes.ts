/** What becomes of a request: who answers it, after which guards. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import type { DocumentStore } from '../persisted/store.ts';
import type { Gateway } from '../schema/context.ts';
import type { RequestObserver } from '../schema/observer.ts';
import { turns } from '../turns.ts';
import {
  type Answer,
  healthAnswer,
  isStreamAnswer,
  liveAnswer,
  notFoundAnswer,
  preflightAnswer,
  type Reader,
  readyAnswer,
  redirectAnswer,
  resultAnswer,
} from './answer/answers.ts';
import { bugResult, type ResultOptions } from './answer/error-answers.ts';
import type { Cut } from './answer/unread-answers.ts';
import { corsFor, isPreflight } from './cors.ts';
import { beginExchange, beginUnreadable, type Exchange } from './exchange.ts';
import type { ExchangeListener, RouteName } from './exchange-listener.ts';
import { createGraphiQLPage, wantsPage } from './graphiql/page.ts';
import { createGraphQLEndpoint } from './graphql.ts';
import type { Gates } from './guards/gates.ts';
import type { Access } from './guards/index.ts';
import type { Unreadable } from './guards/unreadable.ts';
import type { InFlight } from './in-flight/requests.ts';
import { createJobResults, isOfResults } from './job-results.ts';
import { logCut, logOperation } from './operation-log.ts';
import { createJobPage, isJobPage } from './pages/job-page.ts';
import { GRAPHQL_PATH, HEALTH_PATH, LIVE_PATH, READY_PATH } from './paths.ts';
import { type ProviderReports, readinessOf } from './readiness.ts';
import { senderOf } from './request/client-address.ts';
import type { KnownDocuments } from './request/known-documents.ts';
import { unifyTarget } from './request/request-target.ts';
import type { ServerLimits } from './server-limits.ts';

export interface RouteOptions extends ResultOptions {
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly gates: Gates;
  readonly access: Access;
  readonly limits: ServerLimits;
  /** The documents that requests may name; none if it is absent. */
  readonly persisted?: DocumentStore;
  /** The documents that are known already. */
  readonly documents?: KnownDocuments;
  /** What is known of the providers. */
  readonly providerReports?: () => ProviderReports;
  /** They observe every request. */
  readonly observers?: readonly RequestObserver[];
  readonly listeners?: readonly ExchangeListener[];
  /** The origins whose pages may use the gateway from a browser. */
  readonly corsOrigins?: readonly string[];
}

interface Route {
  readonly name: RouteName;
  /** What the request passes before anything but its head is looked at. */
  readonly gate: Gates['everyRequest'];
  /** Whether each answer has a line in the log. */
  readonly logged: boolean;
  /** There is no answer when there is nobody any more who asked for all of it. */
  answer(
    request: IncomingMessage,
    exchange: Exchange,
    stopping: boolean,
  ): Answer | Promise<Answer | undefined>;
}

/** What a server has answered by others. */
export interface Listeners {
  /** Answers each request; the promise rejects only if the answer to a bug cannot be sent. */
  readonly request: (request: IncomingMessage, response: ServerResponse, stopping: boolean) => Promise<void>;
  /**
   * Makes the answer to what is no request.
   *
   * @param begun The request, if it began well.
   */
  readonly unreadable: (
    what: Unreadable,
    socket: Socket,
    begun?: IncomingMessage,
  ) => { readonly answer: Answer; readonly requestId: string; readonly reader: Reader };
}

/** The listeners of a server that serves /graphql, /health with what is below it, and nothing else. */
export function createListeners({ gates, corsOrigins = [], ...options }: RouteOptions): Listeners {
  const { schema, gateway, logger, access, limits } = options;
  const { observers, listeners = [], providerReports = () => ({}) } = options;
  const markOrigin = corsFor(corsOrigins);
  const graphql: Route = {
    name: 'graphql',
    gate: gates.graphqlRequest,
    logged: true,
    answer: createGraphQLEndpoint({
      ...options,
      gate: gates.operation,
      arrivalGate: gates.arrival,
      bodyGate: gates.body,
      documentGate: gates.document,
      uploadGate: gates.upload,
    }),
  };
  const page: Route = {
    name: 'page',
    gate: gates.everyRequest,
    logged: false,
    answer: createGraphiQLPage(schema, gateway, access.tokens !== undefined),
  };
  const healthRoute = (answer: (stopping: boolean) => Answer): Route => ({
    name: 'health',
    gate: gates.everyRequest,
    logged: false,
    answer: (_request, _exchange, stopping) => answer(stopping),
  });
  const health = healthRoute(healthAnswer);
  const live = healthRoute(liveAnswer);
  const ready = healthRoute(stopping => readyAnswer(readinessOf(providerReports(), stopping)));
  const preflight: Route = {
    name: 'preflight',
    gate: gates.everyRequest,
    logged: false,
    answer: preflightAnswer,
  };
  const entrance: Route = {
    name: 'entrance',
    gate: gates.everyRequest,
    logged: false,
    // Relative, so that it leads there behind a proxy's prefix, too.
    answer: ({ url = '' }) => redirectAnswer(`${GRAPHQL_PATH.slice(1)}${queryOf(url)}`),
  };
  const jobPage: Route = {
    name: 'job',
    gate: gates.everyRequest,
    logged: false,
    answer: createJobPage(access.tokens !== undefined),
  };
  const results: Route = {
    name: 'results',
    gate: gates.everyRequest,
    logged: false,
    answer: createJobResults(gateway.jobs, limits.trustedProxies),
  };
  const nothing: Route = { name: 'nothing', gate: gates.everyRequest, logged: false, answer: notFoundAnswer };

  function routeOf(request: IncomingMessage): Route {
    switch (pathOf(request)) {
      case GRAPHQL_PATH:
        return access.graphiql && wantsPage(request) ? page : graphql;
      case HEALTH_PATH:
        return health;
      case '/':
        return access.graphiql && wantsPage(request) ? entrance : nothing;
      case LIVE_PATH:
        return live;
      case READY_PATH:
        return ready;
      default:
        return ofJob(request);
    }
  }

  function ofJob(request: IncomingMessage): Route {
    if (!gateway.jobs) return nothing;
    if (isOfResults(request.url ?? '')) return results;
    return isJobPage(request) ? jobPage : nothing;
  }

  function readerOf(exchange: Exchange, { logged }: Route): Reader {
    return {
      sender: () => senderOf(exchange, limits.trustedProxies),
      cut: logged ? cutOf(exchange.requestId) : undefined,
    };
  }

  /** It is there until the answer is read, and keeps nothing else of the request. */
  function cutOf(requestId: string): (reason: Cut) => void {
    return reason => logCut(logger, requestId, reason);
  }

  async function answerRequest(request: IncomingMessage, response: ServerResponse, stopping: boolean) {
    unifyTarget(request);
    const exchange = beginExchange(request);
    markOrigin(request, response);
    const route = isPreflight(request, response) ? preflight : routeOf(request);
    exchange.observers = observers;
    for (const listener of listeners) listener.exchangeBegan(exchange, route.name, request, response);
    let answer: Answer | undefined;
    try {
      // Whoever watches over the gateway is told at once; it is little to do.
      const needsTurn = route.name !== 'health';
      if (needsTurn) {
        const turn = gates.turn(request, exchange);
        answer = turn instanceof Promise ? await turn : turn;
        if (!answer) await turns.together();
      }
      // Nobody has a turn who has left before.
      if (!needsTurn || !exchange.caller.destroyed) {
        if (!answer) {
          const refusal = route.gate(request, exchange);
          const refused = refusal instanceof Promise ? await refusal : refusal;
          answer = refused ?? (await route.answer(request, exchange, stopping));
        }
        answer?.sendTo(response, exchange.requestId, readerOf(exchange, route));
      }
    } catch (error) {
      answer = resultAnswer(bugResult(error, exchange, logger), 'application/json');
      answer.sendTo(response, exchange.requestId, readerOf(exchange, route));
    }
    if (exchange.inFlight) leave(exchange, exchange.inFlight, response, answer);
    if (route.logged && answer) logOperation(logger, exchange, answer.status);
    const status = answer?.status ?? CLIENT_LEFT;
    for (const listener of listeners) listener.exchangeEnded(exchange, route.name, status);
  }

  return {
    request: answerRequest,
    unreadable(what, socket, begun) {
      const exchange = beginUnreadable(what, socket, begun);
      const answer = gates.unreadable(what, exchange);
      logOperation(logger, exchange, answer.status);
      for (const listener of listeners) listener.exchangeEnded(exchange, 'nothing', answer.status);
      return { answer, requestId: exchange.requestId, reader: readerOf(exchange, nothing) };
    },
  };
}

/**
 * What the request held is there for others; it counts itself until its client has read the answer. One that goes on counts
 * among those alone, and holds its body.
 */
function leave(
  {
    heldBody,
    heldDocument,
    heldAnswers,
    heldCalls,
    heldReads,
    heldValues,
    subscriber,
    placeOf,
    coming,
    hasPlace,
  }: Exchange,
  inFlight: InFlight,
  response: ServerResponse,
  answer: Answer | undefined,
): void {
  coming?.complete();
  const goesOn = hasPlace && subscriber !== undefined && isStreamAnswer(answer) && !response.closed;
  // Its variables stay as long as it goes on.
  if (goesOn) response.once('close', () => letGo(heldBody, heldDocument));
  else letGo(heldBody, heldDocument);
  heldAnswers?.release();
  if (!hasPlace) return;
  if (heldValues) inFlight.values.leave(heldValues.sender, heldValues.count);
  if (heldCalls) inFlight.upstreamCalls.leave(heldCalls.sender, heldCalls.count);
  if (heldReads) inFlight.reads.leave(heldReads.sender, heldReads.count);
  if (subscriber !== undefined && isStreamAnswer(answer)) {
    inFlight.subscriptions.leaveAfter(response, answer, subscriber);
    inFlight.leave(placeOf);
    return;
  }
  if (subscriber !== undefined) inFlight.subscriptions.leave(subscriber);
  inFlight.leaveAfter(response, placeOf);
}

function letGo(body: Exchange['heldBody'], document: Exchange['heldDocument']): void {
  body?.release();
  document?.leave();
}

/** What proxies write into their logs where a client left before its request was complete. */
const CLIENT_LEFT = 499;

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.slice(0, url.length - queryOf(url).length);
}

/** With its question mark; empty if there is none. */
function queryOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? '' : url.slice(query);
}
