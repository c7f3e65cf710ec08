import type { RequestGuard } from './guard.ts';

/**
 * Node takes the first of several, and others on the way to it may have taken the last. What tells how long the
 * body is may stand once, too: Node's parser sees to that.
 */
const singleHeaders = new Set(['host', 'content-type', 'authorization']);

/** A guard of headers of which two would contradict each other. */
export const repeatedHeader: RequestGuard = {
  name: 'the headers that may stand once',
  check({ rawHeaders }) {
    const seen: string[] = [];
    // Names and values take turns in Node's list.
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]?.toLowerCase() ?? '';
      if (!singleHeaders.has(name)) continue;
      if (seen.includes(name)) {
        const message = `The request has more than one "${name}" header.`;
        return { status: 400, code: 'BAD_REQUEST', message };
      }
      seen.push(name);
    }
    return undefined;
  },
};

/** A guard of RFC 9112, 3.2. */
export const missingHost: RequestGuard = {
  name: 'the presence of the host',
  check({ rawHeaders, httpVersion }) {
    if (httpVersion !== '1.1' || rawHeaders.some(isNameOfHost)) return undefined;
    return { status: 400, code: 'BAD_REQUEST', message: 'The request has no "host" header.' };
  },
};

function isNameOfHost(text: string, index: number): boolean {
  return index % 2 === 0 && text.toLowerCase() === 'host';
}
