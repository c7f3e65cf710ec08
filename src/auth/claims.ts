/** From the claims of a verified token to the principal. */
import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { Principal } from './principal.ts';
import { isScopePattern } from './scopes.ts';

/** How the claims of an issuer's tokens are read. */
export interface ClaimRules {
  /** The claims that hold scopes. */
  readonly scopeClaims: readonly string[];
  /** What scopes have at their beginning in tokens, and nowhere else. */
  readonly scopePrefix: string;
  /** The claims that hold roles or groups. */
  readonly rolesClaims: readonly string[];
  readonly scopesOfRoles: ReadonlyMap<string, readonly string[]>;
  /** The claim that limits a token to some resources. */
  readonly resourcesClaim: string;
  /** What logs call principals. */
  readonly principalId: 'hash' | 'subject';
}

/**
 * The principal that a token is for; undefined if it says no name.
 *
 * @param expiresAt When it expires, as `Date.now()` has it.
 */
export function principalOf(
  claims: JWTPayload,
  rules: ClaimRules,
  expiresAt?: number,
): Principal | undefined {
  const named = nameOf(claims);
  if (!named) return undefined;
  const [kind, subject] = named;
  return new Principal({
    id: hashOf([claims.iss, kind, subject]),
    logName: rules.principalId === 'subject' ? subject : undefined,
    subject,
    scopes: scopesOf(claims, rules),
    resources: resourcesOf(claims, rules),
    expiresAt,
  });
}

/** Tokens of service accounts have a client's name, and some issuers give them no other. */
function nameOf(claims: JWTPayload): readonly [kind: string, name: string] | undefined {
  for (const name of ['sub', 'client_id', 'azp']) {
    const value = claims[name];
    if (typeof value === 'string' && value !== '') return [name === 'sub' ? 'subject' : 'client', value];
  }
  return undefined;
}

/** 96 bits: enough to tell everybody apart, and short in logs. */
function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

function scopesOf(claims: JWTPayload, rules: ClaimRules): readonly string[] {
  const { scopeClaims, scopePrefix, rolesClaims, scopesOfRoles } = rules;
  const own = scopeClaims
    .flatMap(name => textsIn(claimOf(claims, name)))
    .filter(scope => scope.startsWith(scopePrefix))
    .map(scope => scope.slice(scopePrefix.length));
  const roles = scopesOfRoles.size === 0 ? [] : rolesClaims.flatMap(name => textsIn(claimOf(claims, name)));
  // Tokens have scopes of other programs, such as "openid".
  const granted = [...own.filter(isScopePattern), ...roles.flatMap(role => scopesOfRoles.get(role) ?? [])];
  return [...new Set(granted)];
}

/** A claim that is there limits the token, also when it makes no sense: to nothing then. */
function resourcesOf(claims: JWTPayload, { resourcesClaim }: ClaimRules): readonly string[] | undefined {
  const value = claimOf(claims, resourcesClaim);
  return value === undefined ? undefined : textsIn(value);
}

/** A claim by its name, or by its path, such as `realm_access.roles`; null where the path leads into what has no members. */
function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    if (!Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}

/** The texts of a claim that is a list of them, or one text in which spaces separate them. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter(text => text !== '');
  return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];
}
