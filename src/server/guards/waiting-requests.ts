import type { Tokens } from '../../auth/tokens.ts';
import { turns } from '../../turns.ts';
import type { InFlight } from '../in-flight/requests.ts';
import { lineOfRequest } from '../request/line-of-request.ts';
import type { RequestGuard } from './guard.ts';
import { overloaded } from './overload.ts';

/**
 * A guard that has a request wait for its turn, if there is none to be had at once, and of how many wait.
 *
 * @param tokens Undefined where nobody is asked who it is.
 * @param proxies See {@link lineOfRequest}.
 */
export function waitingRequests(
  { waiting }: InFlight,
  tokens: Tokens | undefined,
  proxies: number,
): RequestGuard {
  const what = 'As many requests wait for their turn as may wait';
  const refusal = overloaded('waiting', 'MAX_IN_FLIGHT', waiting.maximum, what);
  return {
    name: 'the requests that wait for their turn',
    check(head, exchange) {
      if (turns.free) return undefined;
      const turn = waiting.wait(lineOfRequest(head, exchange, tokens, proxies));
      return turn.then(hasCome => (hasCome ? undefined : refusal));
    },
  };
}
