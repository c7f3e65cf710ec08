/** Bearer tokens: JSON Web Tokens of one issuer, verified once and remembered. */
import { errors, type JWTHeaderParameters, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { detachedText } from '../detached-text.ts';
import { type ClaimRules, principalOf } from './claims.ts';
import { isForged } from './forgery.ts';
import { type IssuerKeys, KeysUnavailable } from './issuer-keys.ts';
import type { Principal } from './principal.ts';
import { isFinal, reasonOf, reasonOfCode, Untrusted } from './token-errors.ts';
import { flawOf, headerOf } from './token-form.ts';

export interface TokenRules extends ClaimRules {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  /** How long the keys are not fetched after a failure. */
  readonly keysCooldownSeconds: number;
  /** Whether only tokens are taken whose type is `at+jwt` (RFC 9068). */
  readonly typed: boolean;
}

/** Why a token is not taken. */
export class BadToken {
  /** A sentence without anything of the token in it. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Whether a token is good cannot be told now. */
export class Unknowable {
  /** When it may be told. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type Verdict = Principal | BadToken | Unknowable;

/** All headers of a request together may have 16 KiB. */
const MAX_LENGTH = 8_192;

/** How much is remembered: of good tokens, and of bad ones, which anybody can make. */
const good = { max: 10_000, maxSize: 20_000_000 };
const bad = { max: 1_000, maxSize: 1_000_000 };

interface Verified<Found> {
  readonly verdict: Found;
  /** The keys with which it was verified. When others are in use, one of these may be gone. */
  readonly keys: object;
  readonly untilMs: number;
}

export class Tokens {
  readonly #rules: TokenRules;
  readonly #keys: IssuerKeys;
  readonly #options: JWTVerifyOptions;
  readonly #algorithms: ReadonlySet<unknown>;
  readonly #good = rememberedTokens<Principal>(good);
  readonly #bad = rememberedTokens<BadToken>(bad);
  /** The tokens that are being verified: those who send one at the same time wait for the same. */
  readonly #underWay = new Map<string, Promise<Verdict>>();

  constructor(rules: TokenRules, keys: IssuerKeys) {
    this.#rules = rules;
    this.#keys = keys;
    this.#algorithms = new Set(rules.algorithms);
    this.#options = {
      algorithms: [...rules.algorithms],
      issuer: rules.issuer,
      audience: [...rules.audience],
      clockTolerance: rules.clockToleranceSeconds,
      requiredClaims: ['exp'],
    };
  }

  /** Whose token it is, if it is good, as far as that is known without verifying its signature. */
  judge(token: string): Principal | BadToken | undefined {
    const now = Date.now();
    this.#keys.refresh(now);
    const known = this.#good.get(token) ?? this.#bad.get(token);
    if (known && now < known.untilMs && known.keys === this.#keys.current) return known.verdict;
    if (token.length > MAX_LENGTH) {
      return new BadToken(`The token has ${token.length} characters, and may have ${MAX_LENGTH}.`);
    }
    const flaw = flawOf(token, this.#algorithms);
    return flaw === undefined ? undefined : new BadToken(reasonOfCode(flaw));
  }

  /** Whose token it was when it was verified last, with whatever keys, if it was good. */
  whoseItWas(token: string): Principal | undefined {
    return this.#good.peek(token)?.verdict;
  }

  /** Whose token it is, if it is good; to be asked of what {@link judge} does not know. */
  verify(sent: string): Verdict | Promise<Verdict> {
    const token = detachedText(sent);
    const key = this.#keys.recall(headerOf(token));
    if (key && isForged(token, key)) {
      const verdict = new BadToken(reasonOfCode(errors.JWSSignatureVerificationFailed.code));
      this.#good.delete(token);
      this.#rememberBad(token, verdict, this.#keys.current);
      return verdict;
    }
    let verdict = this.#underWay.get(token);
    if (!verdict) {
      verdict = this.#verify(token).finally(() => this.#underWay.delete(token));
      this.#underWay.set(token, verdict);
    }
    return verdict;
  }

  async #verify(token: string): Promise<Verdict> {
    const keys = this.#keys.current;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.#keys.find, this.#options);
      this.#checkUse(payload, protectedHeader);
      const untilMs = ((payload.exp ?? 0) + this.#rules.clockToleranceSeconds) * 1_000;
      const principal = principalOf(payload, this.#rules, untilMs);
      if (!principal) throw new Untrusted('The token does not say whose it is.');
      if (keys) this.#good.set(token, { verdict: principal, keys, untilMs });
      return principal;
    } catch (error) {
      if (error instanceof KeysUnavailable) return new Unknowable(this.#rules.keysCooldownSeconds);
      this.#good.delete(token);
      const verdict = new BadToken(reasonOf(error));
      if (isFinal(error)) this.#rememberBad(token, verdict, keys);
      return verdict;
    }
  }

  #rememberBad(token: string, verdict: BadToken, keys: object | undefined): void {
    if (keys) this.#bad.set(token, { verdict, keys, untilMs: Number.POSITIVE_INFINITY });
  }

  /** Refuses what the issuer signed for another use than to call an API with it as it is. */
  #checkUse(claims: JWTPayload, { typ }: JWTHeaderParameters): void {
    const type = typ?.toLowerCase().replace(/^application\//, '');
    if (type !== 'at+jwt' && (this.#rules.typed || (type !== undefined && type !== 'jwt'))) {
      throw new Untrusted('The token is of a type that is not taken here.');
    }
    if (isIdToken(claims)) throw new Untrusted('The token is not an access token.');
    if (claims['cnf'] !== undefined) {
      throw new Untrusted('The token is bound to a key of its client, which cannot be checked here.');
    }
  }
}

/** By the tokens themselves. */
function rememberedTokens<Found>(bounds: { readonly max: number; readonly maxSize: number }) {
  return new LRUCache<string, Verified<Found>>({
    ...bounds,
    sizeCalculation: (_verified, token) => Math.max(1, token.length),
  });
}

/**
 * ID tokens are for the client, and say so in their audience. Where a client and an API have the same, these tell:
 * the hashes of OpenID Connect, and what Amazon Cognito and Keycloak write into their tokens.
 */
function isIdToken(claims: JWTPayload): boolean {
  const { at_hash: tokenHash, c_hash: codeHash, token_use: use, typ: kind } = claims;
  if (tokenHash !== undefined || codeHash !== undefined) return true;
  if (use !== undefined && use !== 'access') return true;
  return typeof kind === 'string' && otherKinds.has(kind);
}

/** Keycloak's kinds of tokens that are no access tokens. */
const otherKinds = new Set(['ID', 'Refresh', 'Offline', 'Logout']);
