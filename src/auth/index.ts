/** What verifies the tokens of callers, put together as it is configured. */
import type { Logger } from 'pino';
import type { AuthConfig } from '../config/access.ts';
import { StartupError } from '../startup-error.ts';
import { devIssuer, devKeys } from './dev-issuer.ts';
import { fetchKeys, IssuerMistake } from './issuer.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { readScopesFile } from './scopes-file.ts';
import { Tokens } from './tokens.ts';

interface Options {
  readonly logger: Logger;
  /** The ids of all providers, with which scopes begin. */
  readonly providers: readonly string[];
}

/**
 * What verifies tokens, with the issuer's keys, if it gives them now; undefined if everybody may call.
 *
 * @throws StartupError when the issuer or the file of scopes is not what it has to be.
 */
export async function openTokens(
  config: AuthConfig,
  { logger, providers }: Options,
): Promise<Tokens | undefined> {
  if (config.mode === 'none') return undefined;
  const { scopesFile, algorithms } = config;
  const issuer = config.mode === 'dev' ? devIssuer : config;
  const keys = new IssuerKeys({
    fetchKeys: config.mode === 'dev' ? devKeys : signal => fetchKeys(issuer.issuer, signal),
    refreshMs: config.keysRefreshSeconds * 1_000,
    maxAgeMs: config.keysMaxAgeSeconds * 1_000,
    cooldownMs: config.keysCooldownSeconds * 1_000,
    failed: error => logger.warn({ err: error }, 'The keys of the issuer of tokens could not be fetched.'),
  });
  const rules = {
    ...config,
    issuer: issuer.issuer,
    audience: [issuer.audience].flat(),
    algorithms: config.mode === 'dev' ? [devIssuer.algorithm] : algorithms,
    typed: config.tokenType === 'at+jwt',
    scopesOfRoles: scopesFile === undefined ? new Map() : await readScopesFile(scopesFile, providers),
  };
  await keys.load().catch((error: unknown) => {
    // One that is only away may come back.
    if (error instanceof IssuerMistake) throw new StartupError([`${error.message}.`], { cause: error });
  });
  return new Tokens(rules, keys);
}
