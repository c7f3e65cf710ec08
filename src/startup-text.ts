/** What a person reads when the gateway has started. */

import type { AuthConfig } from './config/access.ts';
import type { Config } from './config/index.ts';
import type { RunningGateway } from './gateway.ts';
import type { EndpointKind, ProviderStatus } from './schema/context.ts';

const destinations: Readonly<Record<EndpointKind, string>> = {
  AWS: 'AWS',
  LOCAL: 'local AWS',
  CUSTOM: 'a custom endpoint',
};

/** The start-up text: addresses, providers, and a command to try. */
export function startupText(
  { url, providers, localAws, example, metricsUrl }: RunningGateway,
  config: Config,
): string {
  const lines = [
    `Vestibule is running at ${url}/graphql${config.access.graphiql ? ' (open it in a browser for GraphiQL)' : ''}.`,
    callersLine(config.access.auth),
    '',
    ...providers.map(providerLine),
    ...(localAws && config.localAws ? ['', localAwsLine(localAws.url, config.localAws.data)] : []),
    ...(localAws && localAws.added.length > 0 ? [addedLine(localAws.added)] : []),
    ...(metricsUrl === undefined ? [] : [`Metrics for Prometheus are at ${metricsUrl}.`]),
    '',
    ...trial(config.persisted.trustedFile, curl(url, (localAws && example) ?? harmless, config.access.auth)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function providerLine({ name, enabled, region, endpointKind, notice }: ProviderStatus): string {
  if (!enabled || !endpointKind) return `  ${name}: switched off`;
  return `  ${name}: ${destinations[endpointKind]}, region ${region}${notice ? `. ${notice}` : ''}`;
}

function callersLine(auth: AuthConfig): string {
  switch (auth.mode) {
    case 'none':
      return 'Everybody who reaches it may call (AUTH=none).';
    case 'dev':
      return 'Callers need a token: npm run -s dev-token -- --scopes "*"';
    case 'oidc':
      return `Callers need a token of ${auth.issuer}.`;
  }
}

function localAwsLine(url: string, data: string): string {
  const state = data === ':memory:' ? 'in memory only, until the gateway stops' : `in the folder ${data}`;
  return `Local AWS listens at ${url} and keeps its state ${state}.`;
}

function addedLine(added: readonly string[]): string {
  return `It added ${added.join(', ')}, which the version that made this state did not have.`;
}

/** A command to try, where its document may run. */
function trial(trustedFile: string | undefined, command: string): readonly string[] {
  if (trustedFile !== undefined) return [`Only the trusted documents of ${trustedFile} run.`];
  return ['Try it:', '', `  ${command}`];
}

/** What to try first where a change would be a real one. */
const harmless = '{ providers { name enabled region endpointKind } }';

/** A command for a POSIX shell. The document has no single quotes, so that these can quote it whole. */
function curl(url: string, query: string, { mode }: AuthConfig): string {
  const token = mode === 'none' ? '' : ` -H "authorization: Bearer $TOKEN"`;
  return `curl -s ${url}/graphql${token} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`;
}
