import type { IncomingMessage } from 'node:http';
import { SMALL_BODY } from './bodies-in-flight.ts';
import type { Exchange } from './exchange.ts';
import { acceptedResultType, type ResultType } from './media-types.ts';

/** What of an HTTP request says what is asked for; who asks is the guards' business and nobody else's. */
export interface GraphQLHTTPRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What the answer is to be. */
  readonly mediaType: ResultType;
  /** Empty unless it is a POST request. */
  readonly body: string;
}

const noBytes = Buffer.alloc(0);

/**
 * Reads the body, whose size need not be known beforehand: of one that is too large, little more than what is
 * allowed is kept, which is enough to refuse it by. The rest is thrown away as it arrives, because a client that
 * still sends would see a closed connection and not the answer.
 *
 * @param maximum How many bytes are allowed.
 * @param exchange It holds the body, if that is not small; when there is no room for it, nothing is kept.
 * @returns The bytes, or undefined when the client went away before the end.
 */
export function readBody(
  request: IncomingMessage,
  maximum: number,
  exchange: Exchange,
): Promise<Buffer | undefined> {
  if (request.method !== 'POST') return Promise.resolve(noBytes);
  // It left while something else was waited for.
  if (request.destroyed && !request.complete) return Promise.resolve(undefined);
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let length = 0;
    const giveUp = () => {
      chunks.length = 0;
      resolve(noBytes);
    };
    request.on('data', (chunk: Buffer) => {
      if (length > maximum || exchange.heldBody?.givenUp) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length > SMALL_BODY) hold(length, exchange, giveUp);
      if (length > maximum) resolve(Buffer.concat(chunks));
    });
    request.on('end', () => {
      exchange.heldBody?.complete();
      resolve(Buffer.concat(chunks));
    });
    // After the end, this comes too late to matter.
    request.on('close', () => resolve(undefined));
  });
}

/** Counts so many bytes of a body. */
function hold(bytes: number, exchange: Exchange, giveUp: () => void): void {
  exchange.heldBody ??= exchange.inFlight?.bodies.open(giveUp);
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
