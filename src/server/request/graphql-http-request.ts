import type { IncomingMessage } from 'node:http';
import { acceptedResultType, type ResultType } from '../answer/media-types.ts';
import type { Exchange } from '../exchange.ts';
import { arrivingBody } from '../in-flight/arriving-bodies.ts';
import { SMALL_BODY } from '../in-flight/bodies.ts';
import { senderOf } from './client-address.ts';

/** What of an HTTP request says what is asked for; who asks is the guards' business and nobody else's. */
export interface GraphQLHTTPRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What the answer is to be. */
  readonly mediaType: ResultType;
  /** Empty unless it is a POST request whose parameters are not read. */
  body: string;
}

const noBytes = Buffer.alloc(0);

/**
 * Reads the body, whose size need not be known beforehand: of one that is too large, little more than what is
 * allowed is kept, which is enough to refuse it by. The rest is thrown away as it arrives, because a client that
 * still sends would see a closed connection and not the answer.
 *
 * @param maximum How many bytes are allowed.
 * @param exchange It holds the body, if that is not small, and waits for it, if it did not come with its head; when there is
 *   no room for that, nothing is kept.
 * @param proxies How many proxies tell whose requests they pass on.
 * @returns The bytes, or undefined when the client went away before the end.
 */
export function readBody(
  request: IncomingMessage,
  maximum: number,
  exchange: Exchange,
  proxies: number,
): Promise<Buffer | undefined> {
  if (request.method !== 'POST') return Promise.resolve(noBytes);
  // It left while something else was waited for.
  if (request.destroyed && !request.complete) return Promise.resolve(undefined);
  return new Promise(resolve => {
    const body = arrivingBody(request);
    // Whoever may have the body given up knows these functions until the request is answered: they let go of what they gave.
    let settle: typeof resolve | undefined = resolve;
    const end = (bytes: Buffer | undefined) => {
      settle?.(bytes);
      settle = undefined;
      body.discard();
    };
    const giveUp = () => end(noBytes);
    if (!request.complete) standAside(exchange, proxies, giveUp);
    body.readBy({
      grown: length => {
        if (length > SMALL_BODY) hold(length, exchange, proxies, giveUp);
        if (length > maximum) end(body.taken());
      },
      complete: () => {
        exchange.heldBody?.complete();
        exchange.coming?.complete();
        end(body.taken());
      },
      left: () => end(undefined),
    });
  });
}

/** Waits for a body that others need not wait for: they may have the request's place until it is there. */
function standAside(exchange: Exchange, proxies: number, giveUp: () => void): void {
  const { inFlight, placeOf } = exchange;
  if (!inFlight) return;
  inFlight.leave(placeOf);
  exchange.hasPlace = false;
  exchange.placeOf = undefined;
  exchange.coming = inFlight.coming.open(senderOf(exchange, proxies), giveUp);
}

/** Counts so many bytes of a body. */
function hold(bytes: number, exchange: Exchange, proxies: number, giveUp: () => void): void {
  exchange.heldBody ??= exchange.inFlight?.bodies.open(senderOf(exchange, proxies), giveUp);
  exchange.heldBody?.grow(bytes - exchange.heldBody.bytes);
}

/** Skips the byte-order mark, which some editors and older .NET clients put before a text. */
const utf8 = new TextDecoder();

/** The request that these bytes complete, which guards have found to be UTF-8. */
export function graphqlRequest(
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
): GraphQLHTTPRequest {
  // A guard has refused the request if it accepts none.
  const mediaType = acceptedResultType(headers.accept) ?? 'application/json';
  return { method, url, mediaType, body: utf8.decode(body) };
}
