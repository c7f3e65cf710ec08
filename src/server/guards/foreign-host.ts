import { isLoopback } from '../../loopback.ts';
import type { RequestGuard } from './guard.ts';

/**
 * A guard of the Host header for a server on a loopback address. A web page can give its own host name this
 * address (DNS rebinding) and would then count as the same origin; its requests still carry that name.
 */
export function foreignHost(boundHost: string): RequestGuard {
  const own = new Set(['localhost', '127.0.0.1', '[::1]', boundHost]);
  const loopback = isLoopback(boundHost);
  return {
    name: 'the host',
    check({ headers }) {
      if (!loopback) return undefined;
      const host = headers.host?.replace(/:\d*$/, '').toLowerCase();
      if (host === undefined || own.has(host)) return undefined;
      return {
        status: 421,
        code: 'FOREIGN_HOST',
        message: `This gateway serves only this machine, as localhost, and not ${JSON.stringify(host)}. Set HOST to serve others.`,
      };
    },
  };
}
