/**
 * Which web pages of other origins may use the gateway through a browser (https://fetch.spec.whatwg.org/#http-cors-protocol).
 *
 * This refuses nothing: a browser keeps the answers, and what it asks leave for, from pages whose origin is not told
 * to be allowed. The headers are put on the response before anything decides about the answer, so that every answer
 * has them, also one that refuses the request.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What pages may read of an answer besides its body, its type and its length. */
const exposedHeaders = 'x-request-id, retry-after, www-authenticate';

/** Puts the headers of CORS on the answer to a request. */
export type MarkOrigin = (request: IncomingMessage, response: ServerResponse) => void;

/** @param origins Those that are allowed, as browsers write them. Without any, answers say nothing of origins. */
export function corsFor(origins: readonly string[]): MarkOrigin {
  const allowed = new Set(origins);
  if (allowed.size === 0) return () => {};
  return ({ headers: { origin } }, response) => {
    // Also where the origin is not allowed, or there is none: a cache must not give that answer to an allowed one.
    response.setHeader('vary', 'origin');
    if (origin === undefined || !allowed.has(origin)) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposedHeaders);
  };
}

/** Whether a browser asks on behalf of a page whether it may send a request, and the page is allowed to. */
export function isPreflight({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  return (
    method === 'OPTIONS' &&
    headers['access-control-request-method'] !== undefined &&
    response.hasHeader('access-control-allow-origin')
  );
}
