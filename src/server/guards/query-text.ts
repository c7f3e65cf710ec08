import { isUtf8 } from 'node:buffer';
import type { RequestGuard } from './guard.ts';

/**
 * A guard of the parameters in the request's address. URLSearchParams would put U+FFFD for what is no UTF-8, and so
 * change what the client asks for.
 */
export const queryText: RequestGuard = {
  name: 'the text of the parameters',
  check({ url = '' }) {
    if (runsOf(url).every(isUtf8Run)) return undefined;
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The parameters in the address are not valid UTF-8, percent-encoded.',
    };
  },
};

/** Node lets nothing but ASCII through, so that each run of encoded bytes is valid by itself, or not at all. */
function runsOf(url: string): readonly string[] {
  return url.match(/(?:%[\da-f]{2})+/gi) ?? [];
}

function isUtf8Run(run: string): boolean {
  return isUtf8(Buffer.from(run.replaceAll('%', ''), 'hex'));
}
