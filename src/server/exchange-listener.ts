import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';

/** What answers requests. */
export const routeNames = [
  'graphql',
  'page',
  'job',
  'results',
  'health',
  'preflight',
  'entrance',
  'nothing',
] as const;
export type RouteName = (typeof routeNames)[number];

/** Is told of each HTTP request; quickly, for the request waits for it. */
export interface ExchangeListener {
  /** A request has arrived. It can be given more observers and a `traceparent` now. */
  exchangeBegan(
    exchange: Exchange,
    route: RouteName,
    request: IncomingMessage,
    response: ServerResponse,
  ): void;
  /** It was answered, with this HTTP status. */
  exchangeEnded(exchange: Exchange, route: RouteName, status: number): void;
}
