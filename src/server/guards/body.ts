/** What is wrong with the body of a POST request, by its headers alone. */
import type { RequestGuard } from './guard.ts';

/** A request that creates 25 users with every member at its longest is smaller. */
const MAX_BODY_BYTES = 1_048_576;

const megabyte = '1 MiB (1048576 bytes)';

export const bodyType: RequestGuard = {
  name: 'the type of the body',
  check({ method, headers }) {
    if (method !== 'POST') return undefined;
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    if (type === 'application/json') return undefined;
    // Browsers let any web page send forms and plain text here, but ask first about JSON.
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request as JSON, with the header "content-type: application/json".',
    };
  },
};

export const bodyEncoding: RequestGuard = {
  name: 'the encoding of the body',
  check({ method, headers }) {
    if (method !== 'POST' || (headers['content-encoding'] ?? 'identity') === 'identity') return undefined;
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request uncompressed, without a "content-encoding" header.',
    };
  },
};

export const bodyLength: RequestGuard = {
  name: 'the length of the body',
  check({ method, headers }) {
    if (method !== 'POST' || headers['content-length'] !== undefined) return undefined;
    return {
      status: 411,
      code: 'LENGTH_REQUIRED',
      message:
        'Send the length of the request in a "content-length" header; chunked requests are not accepted.',
      headers: { connection: 'close' },
    };
  },
};

export const bodySize: RequestGuard = {
  name: 'the size of the body',
  check({ method, headers }) {
    const length = headers['content-length'] ?? '0';
    if (method !== 'POST' || Number(length) <= MAX_BODY_BYTES) return undefined;
    return {
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message: `The request has ${length} bytes; at most ${megabyte} are accepted.`,
      headers: { connection: 'close' },
    };
  },
};
