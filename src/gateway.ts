/** A whole gateway in one process: local AWS if wanted, the providers, the schema and the server. */
import { resolve } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Config, LocalAwsConfig } from './config/index.ts';
import type { LocalAws } from './local-aws/index.ts';
import { providers } from './providers/index.ts';
import type { Connection, ProviderEntry, UpstreamOptions } from './providers/provider.ts';
import type { ConnectedProvider, ProviderStatus } from './schema/context.ts';
import { mutationCommand } from './schema/example-documents.ts';
import { assembleSchema } from './schema/index.ts';
import { startServer } from './server/server.ts';
import { StartupError } from './startup-error.ts';

export interface RunningGateway {
  /** The address of the server, without a slash at the end. */
  readonly url: string;
  readonly providers: readonly ProviderStatus[];
  /** A mutation to try on the demo world of local AWS, on one line. */
  readonly example: string | undefined;
  /** The embedded AWS, if the configuration asked for it. */
  readonly localAws?: LocalAws;
  /** Stops accepting requests, waits a while for those under way, and gives everything back. */
  stop(): Promise<void>;
}

/**
 * Starts a gateway. A process has one: providers add their types to one schema.
 *
 * @throws StartupError when the operator can put it right.
 */
export async function startGateway(config: Config, { logger }: { logger: Logger }): Promise<RunningGateway> {
  const localAws = config.localAws && (await startLocalAws(config.localAws));
  const connected = new Map<string, ConnectedProvider>();
  function disconnect(): void {
    for (const provider of connected.values()) provider.disconnect();
  }
  async function release(): Promise<void> {
    disconnect();
    await localAws?.stop();
  }
  try {
    await connectProviders(config, connected, {
      upstream: upstreamOptions(config),
      ...(config.localAws &&
        localAws && { local: { endpoint: localAws.url, region: config.localAws.region } }),
    });
    const statuses = await Promise.all(
      providers.map(entry => describeProvider(entry, connected.get(entry.id), localAws !== undefined)),
    );
    const schema = assembleSchema();
    const server = await startServer({
      host: config.server.host,
      port: config.server.port,
      schema,
      gateway: {
        statuses,
        connected,
        upstream: () => [...connected.values()].map(({ upstream }) => upstream()),
      },
      maxAnswerBytes: config.limits.maxAnswerBytes,
      logger,
    });
    return {
      url: server.url,
      providers: statuses,
      example: exampleOf(schema, connected),
      ...(localAws && { localAws }),
      stop: async () => {
        await server.stop(disconnect);
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** A change to try, on one line for a shell: the first example that changes something. */
function exampleOf(
  schema: GraphQLSchema,
  connected: ReadonlyMap<string, ConnectedProvider>,
): string | undefined {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const examples = [...connected.values()].flatMap(provider => Object.entries(provider.examples));
  const change = examples.find(([name]) => Object.hasOwn(mutations, name));
  return change && mutationCommand(schema, ...change);
}

/** Local AWS is imported only here and only when it is wanted, so that production never loads it. */
async function startLocalAws(config: LocalAwsConfig): Promise<LocalAws> {
  const localAws = await import('./local-aws/index.ts');
  try {
    return await localAws.startLocalAws(config);
  } catch (error) {
    if (!(error instanceof localAws.StartupError)) throw error;
    const isFolder = error.message.includes(resolve(config.data));
    throw new StartupError([error.message, ...(isFolder ? otherFolder : [])], { cause: error });
  }
}

/** What to do when local AWS cannot use its folder, such as one that another is using. */
const otherFolder = [
  'LOCAL_AWS_DATA is the folder. To use a local AWS that runs, set AWS_BACKEND=aws, AWS_ENDPOINT_URL to its address, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to anything, and IDENTITY_STORE_ID.',
];

async function connectProviders(
  { aws: { providers: ids }, providerSettings }: Config,
  connected: Map<string, ConnectedProvider>,
  connection: Omit<Connection, 'settings'>,
): Promise<void> {
  const enabled = providers.filter(({ id }) => ids.includes(id));
  const loaded = await Promise.all(
    enabled.map(async ({ id, load }) => {
      const { provider } = await load();
      return [id, provider] as const;
    }),
  );
  for (const [id, provider] of loaded) {
    connected.set(id, provider.connect({ ...connection, settings: providerSettings[id] }));
  }
}

function upstreamOptions({ aws, upstream, quotas }: Config): UpstreamOptions {
  const { replicas, maxWaitMs, places, principalShare, connections, connectionPlaces } = upstream;
  const { failures, openMs } = upstream;
  return {
    transport: { timeoutMs: aws.timeoutMs, connections, places: connectionPlaces },
    admission: {
      quotas,
      replicas,
      budgets: { maxWaitMs, places, principalShare: principalShare / 100 },
      breaker: { failures, openMs },
    },
  };
}

async function describeProvider(
  { id, name, notice }: ProviderEntry,
  provider: ConnectedProvider | undefined,
  local: boolean,
): Promise<ProviderStatus> {
  const entry = { id, name, notice: notice ?? null };
  if (!provider) return { ...entry, enabled: false, region: null, endpointKind: null };
  const region = await regionOf(provider);
  if (local) return { ...entry, enabled: true, region, endpointKind: 'LOCAL' };
  const endpoint = await provider.client.customEndpoint();
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new StartupError([
      `The endpoint configured for ${name}, ${JSON.stringify(endpoint)}, is not a URL that begins with http:// or https://.`,
    ]);
  }
  return { ...entry, enabled: true, region, endpointKind: endpoint === undefined ? 'AWS' : 'CUSTOM' };
}

async function regionOf(provider: ConnectedProvider): Promise<string> {
  try {
    return await provider.client.region();
  } catch (error) {
    const message = 'No AWS region is configured: set AWS_REGION, or a region in the AWS profile in use.';
    throw new StartupError([message], { cause: error });
  }
}
