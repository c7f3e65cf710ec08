import type { IncomingMessage } from 'node:http';
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
 * @returns The bytes, or undefined when the client went away before the end.
 */
export function readBody(request: IncomingMessage, maximum: number): Promise<Buffer | undefined> {
  if (request.method !== 'POST') return Promise.resolve(noBytes);
  // It left while something else was waited for.
  if (request.destroyed && !request.complete) return Promise.resolve(undefined);
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      if (length > maximum) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length > maximum) resolve(Buffer.concat(chunks));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    // After the end, this comes too late to matter.
    request.on('close', () => resolve(undefined));
  });
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
