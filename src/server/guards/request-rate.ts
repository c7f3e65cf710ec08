import { type Rate, RateLimiter } from '../rate.ts';
import { senderOf } from '../request/client-address.ts';
import type { RequestGuard } from './guard.ts';

/**
 * A guard of how often each principal sends requests; where nobody is asked who it is, each address.
 *
 * @param burst How many may come at once; 0 for as many as the rate has.
 * @param proxies How many proxies tell whose requests they pass on.
 */
export function requestRate(rate: Rate | 'off', burst: number, proxies: number): RequestGuard {
  const name = 'the rate of requests';
  if (rate === 'off') return { name, check: () => undefined };
  const atOnce = burst || rate.requests;
  const limiter = new RateLimiter(rate, atOnce);
  const { requests, seconds } = rate;
  return {
    name,
    check(_request, exchange) {
      const wait = limiter.take(senderOf(exchange, proxies), exchange.startedAt);
      if (wait === 0) return undefined;
      const retryAfterSeconds = Math.ceil(wait / 1_000);
      return {
        status: 429,
        code: 'TOO_MANY_REQUESTS',
        message: `You send too many requests: ${requests} in ${seconds === 1 ? 'a second' : 'a minute'} are accepted, and ${atOnce} at once. Try again in ${retryAfterSeconds} s.`,
        facts: {
          limit: 'rate',
          maximum: requests,
          seconds,
          burst: atOnce,
          retryAfterSeconds,
          retryable: true,
        },
        // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
        headers: {
          'retry-after': String(retryAfterSeconds),
          'ratelimit-policy': `"requests";q=${requests};w=${seconds}`,
          ratelimit: `"requests";r=0;t=${retryAfterSeconds}`,
        },
      };
    },
  };
}
