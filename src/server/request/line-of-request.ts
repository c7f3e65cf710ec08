import type { Tokens } from '../../auth/tokens.ts';
import type { Exchange } from '../exchange.ts';
import { tokenIn } from '../guards/authentication.ts';
import type { RequestHead } from '../guards/guard.ts';
import { clientAddress } from './client-address.ts';

/**
 * In whose line a request waits for its turn, before anything of it is looked at: that of whoever its token was found to be of
 * before, so that callers behind one address do not wait for each other, or its address's.
 *
 * @param tokens Undefined where nobody is asked who it is.
 * @param proxies See {@link clientAddress}.
 */
export function lineOfRequest(
  { headers }: RequestHead,
  exchange: Exchange,
  tokens: Tokens | undefined,
  proxies: number,
): string {
  const token = tokens && tokenIn(headers.authorization ?? '');
  const known = token === undefined ? undefined : tokens?.whoseItWas(token);
  return known?.id ?? `address ${clientAddress(exchange, proxies)}`;
}
