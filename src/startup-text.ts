/** What a person reads when the gateway has started. */
import type { Config } from './config.ts';
import type { RunningGateway } from './gateway.ts';
import type { EndpointKind, ProviderId } from './providers/provider.ts';
import type { ProviderStatus } from './schema/context.ts';

const destinations: Readonly<Record<EndpointKind, string>> = {
  AWS: 'AWS',
  LOCAL: 'local AWS',
  CUSTOM: 'a custom endpoint',
};

/** An operation to try at once, for the first enabled provider that has one; the ids are the demo world's. */
const examples: readonly (readonly [ProviderId, string])[] = [
  [
    'rekognition',
    'mutation { createRekognitionUser(input: {collectionId: "employees", userId: "katherine"}) { __typename ' +
      '... on CreateRekognitionUserSuccess { user { id userId userStatus } } ... on Error { code message } } }',
  ],
  [
    'identity-store',
    'mutation { createIdentityStoreUser(input: {userName: "katherine", displayName: "Katherine Johnson", ' +
      'name: {givenName: "Katherine", familyName: "Johnson"}}) { __typename ' +
      '... on CreateIdentityStoreUserSuccess { user { id userId userName } } ... on Error { code message } } }',
  ],
  [
    'chime',
    'mutation { createChimeUser(input: {accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890", ' +
      'username: "katherine", email: "katherine@example.com", userType: PRIVATE_USER}) { __typename ' +
      '... on CreateChimeUserSuccess { user { id userId email: primaryEmail } } ... on Error { code message } } }',
  ],
];

/** The start-up text: addresses, providers, and a command to try. */
export function startupText({ url, providers, localAws }: RunningGateway, config: Config): string {
  const lines = [
    `Vestibule is running at ${url}/graphql (open it in a browser for GraphiQL).`,
    '',
    ...providers.map(providerLine),
    ...(localAws && config.localAws ? ['', localAwsLine(localAws.url, config.localAws.data)] : []),
    '',
    'Try it:',
    '',
    `  ${curl(url, config.localAws ? exampleFor(config.providers) : harmless)}`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function providerLine({ name, enabled, region, endpointKind, notice }: ProviderStatus): string {
  if (!enabled || !endpointKind) return `  ${name}: switched off`;
  return `  ${name}: ${destinations[endpointKind]}, region ${region}${notice ? `. ${notice}` : ''}`;
}

function localAwsLine(url: string, data: string): string {
  const state = data === ':memory:' ? 'in memory only, until the gateway stops' : `in the folder ${data}`;
  return `Local AWS listens at ${url} and keeps its state ${state}.`;
}

/** What to try first where a change would be a real one. */
const harmless = '{ providers { name enabled region endpointKind } }';

function exampleFor(enabled: readonly ProviderId[]): string {
  return examples.find(([id]) => enabled.includes(id))?.[1] ?? harmless;
}

/** A command for a POSIX shell. The document has no single quotes, so that these can quote it whole. */
function curl(url: string, query: string): string {
  return `curl -s ${url}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`;
}
