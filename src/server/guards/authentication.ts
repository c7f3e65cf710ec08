import { anonymous, Principal } from '../../auth/principal.ts';
import { BadToken, type Tokens, Unknowable, type Verdict } from '../../auth/tokens.ts';
import type { Exchange } from '../exchange.ts';
import type { Refusal, RequestGuard } from './guard.ts';

/** RFC 6750, 2.1. The name of the scheme may be written in any case (RFC 9110, 11.1). */
const bearer = /^bearer(?: +(.*))?$/i;

/** A guard that knows who sends a request; without tokens, whoever sends one may. */
export function authentication(tokens: Tokens | undefined): RequestGuard {
  return {
    name: 'authentication',
    check({ headers }, exchange) {
      if (!tokens) {
        exchange.principal = anonymous;
        return undefined;
      }
      const credentials = bearer.exec(headers.authorization ?? '');
      if (!credentials) return noToken;
      const verdict = tokens.verify(credentials[1] ?? '');
      return verdict instanceof Promise
        ? verdict.then(late => accept(late, exchange))
        : accept(verdict, exchange);
    },
  };
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

/** Not 401: the token may be good, and a client that threw it away would need the issuer that is away. */
function unavailable({ retryAfterSeconds }: Unknowable): Refusal {
  return {
    status: 503,
    code: 'AUTHENTICATION_UNAVAILABLE',
    message: 'Tokens cannot be verified now, because their issuer does not give its keys. Try again later.',
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}
