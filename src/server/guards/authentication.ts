import { anonymous, Principal } from '../../auth/principal.ts';
import { BadToken, type Tokens, Unknowable, type Verdict } from '../../auth/tokens.ts';
import type { Exchange } from '../exchange.ts';
import { type Rate, RateLimiter } from '../rate.ts';
import { clientAddress } from '../request/client-address.ts';
import type { Refusal, RequestGuard } from './guard.ts';

/** How long a header may be to be kept with its connection, good or not, for as long as that is open. */
const MAX_KEPT = 4_096;

/** RFC 6750, 2.1. The name of the scheme may be written in any case (RFC 9110, 11.1). */
const bearer = /^bearer(?: +(.*))?$/i;

/**
 * A guard that knows who sends a request; without tokens, whoever sends one may.
 *
 * @param badRate How many bad tokens of an address are verified; tokens that were found good are not counted.
 * @param proxies How many proxies tell whose requests they pass on.
 */
export function authentication(
  tokens: Tokens | undefined,
  badRate: Rate | 'off' = 'off',
  proxies = 0,
): RequestGuard {
  const limiter = badRate === 'off' ? undefined : new RateLimiter(badRate, badRate.requests);
  const sent = new SentTokens();
  return {
    name: 'authentication',
    check({ headers }, exchange) {
      if (!tokens) {
        exchange.principal = anonymous;
        return undefined;
      }
      const token = sent.over(exchange.caller, headers.authorization ?? '');
      if (token === undefined) return noToken;
      const known = tokens.judge(token);
      if (known) return accept(known, exchange);
      if (!limiter || tokens.whoseItWas(token)) {
        return inTheEnd(tokens.verify(token), verdict => accept(verdict, exchange));
      }
      const address = clientAddress(exchange, proxies);
      const wait = limiter.wait(address, exchange.startedAt);
      if (wait > 0) return tooManyBadTokens(badRate as Rate, Math.ceil(wait / 1_000));
      return inTheEnd(tokens.verify(token), verdict => {
        // Not before: a thousand requests with one new token, or a thousand new ones after a change of keys, are good.
        if (verdict instanceof BadToken) limiter.count(address, performance.now());
        return accept(verdict, exchange);
      });
    },
  };
}

/**
 * The tokens that connections sent last. Node makes a text of each header anew, and to find one of a thousand characters among
 * others takes several times as long as to compare it with the one before, which most of a connection's requests send again.
 */
class SentTokens {
  readonly #last = new WeakMap<object, { readonly authorization: string; readonly token: string }>();

  /** The token in a header of a request that came over a connection; undefined if it has none. */
  over(connection: object, authorization: string): string | undefined {
    const last = this.#last.get(connection);
    if (last?.authorization === authorization) return last.token;
    const token = tokenIn(authorization);
    if (token === undefined) return undefined;
    if (authorization.length <= MAX_KEPT) this.#last.set(connection, { authorization, token });
    else this.#last.delete(connection);
    return token;
  }
}

/** The token in a header; undefined if it has none. */
export function tokenIn(authorization: string): string | undefined {
  const credentials = bearer.exec(authorization);
  return credentials ? (credentials[1] ?? '') : undefined;
}

/** Not all verdicts take time. */
function inTheEnd<Result>(verdict: Verdict | Promise<Verdict>, then: (verdict: Verdict) => Result) {
  return verdict instanceof Promise ? verdict.then(then) : then(verdict);
}

function accept(verdict: Verdict, exchange: Exchange): Refusal | undefined {
  if (verdict instanceof Principal) {
    exchange.principal = verdict;
    return undefined;
  }
  return verdict instanceof Unknowable ? unavailable(verdict) : badToken(verdict);
}

const noToken: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'Send a bearer token, with the header "authorization: Bearer …".',
  headers: { 'www-authenticate': 'Bearer' },
};

function badToken({ reason }: BadToken): Refusal {
  return {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: reason,
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${reason}"` },
  };
}

/** Not 401: the token was not looked at. */
function tooManyBadTokens({ requests, seconds }: Rate, retryAfterSeconds: number): Refusal {
  return {
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    message: `Too many bad tokens came from your address: ${requests} in ${seconds === 1 ? 'a second' : 'a minute'} are verified. Try again in ${retryAfterSeconds} s.`,
    facts: { limit: 'badTokens', maximum: requests, seconds, retryAfterSeconds, retryable: true },
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}

/** Not 401: the token may be good, and a client that threw it away would need the issuer that is away. */
function unavailable({ retryAfterSeconds }: Unknowable): Refusal {
  return {
    status: 503,
    code: 'AUTHENTICATION_UNAVAILABLE',
    message: 'Tokens cannot be verified now, because their issuer does not give its keys. Try again later.',
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}
