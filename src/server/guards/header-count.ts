import type { RequestGuard } from './guard.ts';

/** How many headers a request may have: each takes some 120 bytes of memory for four that are sent. */
export const MAX_HEADERS = 100;

/** A guard of their number. Node leaves out what comes after one more, which may be what matters. */
export const headerCount: RequestGuard = {
  name: 'the number of headers',
  check({ rawHeaders }) {
    // Names and values take turns in Node's list.
    if (rawHeaders.length <= 2 * MAX_HEADERS) return undefined;
    const message = `The request has more than ${MAX_HEADERS} headers, and no more are accepted.`;
    return { status: 431, code: 'HEADERS_TOO_LARGE', message };
  },
};
