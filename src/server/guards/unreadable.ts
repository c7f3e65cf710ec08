/** What Node's parser takes for no request, as refusals: Node's own answers to it have no body. */
import { maxHeaderSize } from 'node:http';
import { timeouts } from '../timeouts.ts';
import type { Refusal } from './guard.ts';

/** Of Node's error, what may be told and logged: the rest holds the bytes that came. */
export interface Unreadable {
  readonly code?: string | undefined;
  /** In the parser's own fixed words, such as "Invalid header token". */
  readonly reason?: string | undefined;
}

/** How many headers a request may have: each takes some 120 bytes of memory for five that are sent. */
export const MAX_HEADERS = 100;

/** Node's own bound, which it tells nobody. */
const MAX_CHUNK_EXTENSIONS = 16_384;

/** The code in Node's way for a CONNECT request, which Node gives to nobody who could answer it. */
export const CONNECT: Unreadable = { code: 'CONNECT' };

/** Why what came is not read on. */
export function refusalOfUnreadable({ code, reason }: Unreadable): Refusal {
  switch (code) {
    case 'CONNECT':
      return {
        status: 405,
        code: 'BAD_REQUEST',
        message: 'This gateway is no proxy, and does not serve CONNECT.',
        headers: { allow: 'GET, POST' },
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT': {
      const message = `The request did not arrive in time: its headers may take ${seconds(timeouts.headersTimeout)}, and all of it ${seconds(timeouts.requestTimeout)}.`;
      return { status: 408, code: 'REQUEST_TIMEOUT', message };
    }
    case 'HPE_HEADER_OVERFLOW': {
      const message = `The address and the headers of the request have more than ${maxHeaderSize} bytes, or there are more than ${MAX_HEADERS} headers, and no more are accepted.`;
      return { status: 431, code: 'HEADERS_TOO_LARGE', message };
    }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW': {
      const message = `The chunks of the request have extensions of more than ${MAX_CHUNK_EXTENSIONS} bytes, and no more are accepted. Send them without any.`;
      return { status: 413, code: 'REQUEST_TOO_LARGE', message };
    }
    case 'HPE_PAUSED_H2_UPGRADE':
      return { status: 400, code: 'BAD_REQUEST', message: 'HTTP/2 is not served. Use HTTP/1.1.' };
    default: {
      const message = `This is no request of HTTP/1.1${reason === undefined ? '' : `: ${reason}`}.`;
      return { status: 400, code: 'BAD_REQUEST', message };
    }
  }
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1_000} seconds`;
}
