/** What the listener refuses by the headers alone. */
import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

/** A request that creates 25 users with every member at its longest is smaller. */
const MAX_BODY_BYTES = 1_048_576;

const megabyte = '1 MiB (1048576 bytes)';

/** Why the body of a POST request is not accepted, or undefined when it is. */
export function bodyRefusal({ headers }: IncomingMessage): Refusal | undefined {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    // Browsers let any web page send forms and plain text here, but ask first about JSON.
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request as JSON, with the header "content-type: application/json".',
    };
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request uncompressed, without a "content-encoding" header.',
    };
  }
  const length = headers['content-length'];
  if (length === undefined) {
    return {
      status: 411,
      code: 'LENGTH_REQUIRED',
      message:
        'Send the length of the request in a "content-length" header; chunked requests are not accepted.',
      headers: { connection: 'close' },
    };
  }
  if (Number(length) > MAX_BODY_BYTES) {
    return {
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message: `The request has ${length} bytes; at most ${megabyte} are accepted.`,
      headers: { connection: 'close' },
    };
  }
  return undefined;
}

/**
 * A check of the Host header for a server on a loopback address. A web page can give its own host name this
 * address (DNS rebinding) and would then count as the same origin; its requests still carry that name.
 */
export function foreignHostCheck(boundHost: string): (request: IncomingMessage) => Refusal | undefined {
  if (!isLoopback(boundHost)) return () => undefined;
  const own = new Set(['localhost', '127.0.0.1', '[::1]', boundHost]);
  return ({ headers }) => {
    const host = headers.host?.replace(/:\d*$/, '').toLowerCase();
    if (host === undefined || own.has(host)) return undefined;
    return {
      status: 421,
      code: 'FOREIGN_HOST',
      message: `This gateway serves only this machine, as localhost, and not ${JSON.stringify(host)}. Set HOST to serve others.`,
    };
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

const saneRequestId = /^[\w.:+/=-]{1,128}$/;

/** The caller's own id of the request, if it gave one that is fit for logs and headers. */
export function callersRequestId({ headers }: IncomingMessage): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && saneRequestId.test(id) ? id : undefined;
}
