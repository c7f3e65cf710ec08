/** The variables that say who may use the gateway, and what follows from them together. */
import { isTrustworthy } from '../auth/issuer.ts';
import { isLoopback } from '../loopback.ts';
import { StartupError } from '../startup-error.ts';
import { anyText, choice, optionalText, text, type ValuesOf, wholeNumber } from './variable.ts';

const modes = ['oidc', 'dev', 'none'] as const;

/** What keys sign with that others can check with a public key: no secret is shared. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const hour = 3_600;

export const authentication = {
  mode: optionalText(
    'AUTH',
    oneOf(modes),
    'none with local AWS on a loopback address; otherwise it has to be set',
    'Who may call: `oidc`: who has a token of OIDC_ISSUER; `dev`: who has a token of `npm run dev-token`, with local AWS on a loopback address only; `none`: everybody who reaches the port, whatever the Authorization header says.',
  ),
  issuer: optionalText(
    'OIDC_ISSUER',
    {
      type: 'an address that begins with https://, or with http:// on a loopback address',
      read: trustworthy,
    },
    'none',
    'The issuer of the tokens, as its discovery and the tokens name it, to the last character.',
  ),
  audience: optionalText(
    'OIDC_AUDIENCE',
    listOf('a list of audiences, separated by commas'),
    'none',
    'The audiences, of which a token must have one: the name of this API at the issuer, not the id of a client.',
  ),
  algorithms: text(
    'OIDC_ALGORITHMS',
    {
      ...listOf(`a list, separated by commas, of some of ${algorithms.join(', ')}`, algorithms),
      fallback: 'RS256,PS256,ES256,EdDSA',
    },
    'The algorithms that tokens may be signed with.',
  ),
  tokenType: choice(
    'OIDC_TOKEN_TYPE',
    ['any', 'at+jwt'],
    'any',
    'Which access tokens are taken by the `typ` of their header: `at+jwt` alone (RFC 9068), or also `JWT` and none, as most issuers write.',
  ),
  clockToleranceSeconds: wholeNumber(
    'OIDC_CLOCK_TOLERANCE_SECONDS',
    { min: 0, max: 300, fallback: 30 },
    'How far the clocks of the issuer and of this machine may differ.',
  ),
  keysRefreshSeconds: wholeNumber(
    'OIDC_KEYS_REFRESH_SECONDS',
    { min: 1, max: 24 * hour, fallback: 600 },
    'How old the keys of the issuer may get before they are fetched anew. After that, tokens of a key that is gone are refused.',
  ),
  keysMaxAgeSeconds: wholeNumber(
    'OIDC_KEYS_MAX_AGE_SECONDS',
    { min: 1, max: 7 * 24 * hour, fallback: hour },
    'How old keys may be that are still used while the issuer is away. After that, requests are answered with 503.',
  ),
  keysCooldownSeconds: wholeNumber(
    'OIDC_KEYS_COOLDOWN_SECONDS',
    { min: 1, max: hour, fallback: 30 },
    'How long the keys are not fetched again after a failure, or because of a token whose key is unknown.',
  ),
  scopeClaims: text(
    'OIDC_SCOPE_CLAIM',
    { ...listOf('a list of names of claims, separated by commas'), fallback: 'scope,scp' },
    'The claims that hold scopes, as one text or as a list; `a.b` also stands for the member `b` of the claim `a`.',
  ),
  scopePrefix: text(
    'OIDC_SCOPE_PREFIX',
    { ...anyText('a text, such as `vestibule/`'), fallback: '' },
    'What the issuer puts before the scopes of this API, as Amazon Cognito does; scopes without it grant nothing.',
  ),
  rolesClaims: text(
    'OIDC_ROLES_CLAIM',
    { ...listOf('a list of names of claims, separated by commas'), fallback: 'roles,groups' },
    'The claims that hold roles or groups, for SCOPES_FILE.',
  ),
  scopesFile: optionalText(
    'SCOPES_FILE',
    anyText('a file of JSON, such as `{"hr-admin": ["identity-store:*:*"]}`'),
    'none',
    'The scopes of roles and groups.',
  ),
  resourcesClaim: text(
    'OIDC_RESOURCES_CLAIM',
    { ...anyText('the name of a claim'), fallback: 'resources' },
    'The claim that limits a token to some resources; a token without it is not limited.',
  ),
  principalId: choice(
    'PRINCIPAL_ID',
    ['hash', 'subject'],
    'hash',
    'What logs, traces and the audit trail call callers: a hash of issuer and subject, or the subject itself.',
  ),
};

const onUnlessPublic = 'off with authentication on an address that is not loopback, else on';

export const exploration = {
  graphiql: optionalText(
    'GRAPHIQL',
    oneOf(['on', 'off']),
    onUnlessPublic,
    'Whether browsers get GraphiQL at /graphql.',
  ),
  introspection: optionalText(
    'INTROSPECTION',
    oneOf(['on', 'off']),
    onUnlessPublic,
    'Whether the schema can be asked for its own description.',
  ),
};

type Authentication = ValuesOf<typeof authentication>;

/** How callers prove who they are: not at all, or by tokens. */
export type AuthConfig =
  | { readonly mode: 'none' }
  | ({ readonly mode: 'oidc'; readonly issuer: string; readonly audience: readonly string[] } & Rules)
  | ({ readonly mode: 'dev' } & Rules);

type Rules = Omit<Authentication, 'mode' | 'issuer' | 'audience'>;

export interface AccessConfig {
  readonly auth: AuthConfig;
  readonly graphiql: boolean;
  readonly introspection: boolean;
}

interface Surroundings {
  readonly host: string;
  readonly local: boolean;
}

/**
 * What the variables come to where the gateway stands.
 *
 * @throws StartupError when it would be open to others and nobody has chosen that, or when something is missing.
 */
export function readAccess(
  { mode, issuer, audience, ...rules }: Authentication,
  { graphiql, introspection }: ValuesOf<typeof exploration>,
  { host, local }: Surroundings,
): AccessConfig {
  const loopback = isLoopback(host);
  const auth = ((): AuthConfig => {
    switch (mode ?? unspoken(issuer, { host, local })) {
      case 'none':
        return { mode: 'none' };
      case 'dev':
        if (!local || !loopback) {
          throw new StartupError([
            'AUTH=dev is for local AWS on a loopback address: set AUTH=oidc or AUTH=none.',
          ]);
        }
        return { mode: 'dev', ...rules };
      case 'oidc':
        if (issuer === undefined || audience === undefined) {
          throw new StartupError([
            'AUTH=oidc needs OIDC_ISSUER, the address of the issuer of the tokens, and OIDC_AUDIENCE, the name that this API has there.',
          ]);
        }
        return { mode: 'oidc', issuer, audience, ...rules };
    }
  })();
  const open = auth.mode === 'none' || loopback;
  return {
    auth,
    graphiql: graphiql === undefined ? open : graphiql === 'on',
    introspection: introspection === undefined ? open : introspection === 'on',
  };
}

/** What counts where AUTH is not set. */
function unspoken(issuer: string | undefined, { host, local }: Surroundings): 'none' {
  const choices = 'Set AUTH=oidc with OIDC_ISSUER and OIDC_AUDIENCE, or AUTH=none to let everybody in.';
  if (issuer !== undefined) throw new StartupError([`OIDC_ISSUER is set, and AUTH is not. ${choices}`]);
  if (local && isLoopback(host)) return 'none';
  const danger = local
    ? `on HOST=${host}, others can reach this gateway`
    : 'AWS_BACKEND=aws reaches real users';
  throw new StartupError([`AUTH is not set, and ${danger}. ${choices}`]);
}

function trustworthy(given: string): string | undefined {
  const url = URL.parse(given);
  return url && isTrustworthy(url) && url.search === '' && url.hash === '' ? given : undefined;
}

function oneOf<const Value extends string>(values: readonly Value[]) {
  return {
    type: `one of ${values.join(', ')}`,
    read: (given: string) => values.find(value => value === given),
  };
}

/** @param allowed What may be in the list, if not anything. */
function listOf(type: string, allowed?: readonly string[]) {
  return {
    type,
    read(given: string): readonly string[] | undefined {
      const entries = given.split(',').map(entry => entry.trim());
      const right = entries.every(entry => entry !== '' && (allowed?.includes(entry) ?? true));
      return right ? entries : undefined;
    },
  };
}
