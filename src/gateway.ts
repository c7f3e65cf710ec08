/** A whole gateway in one process: local AWS if wanted, the providers, the schema and the server. */
import type { Logger } from 'pino';
import { Transport } from './aws/transport.ts';
import type { Config, LocalAwsConfig } from './config.ts';
import type { LocalAws } from './local-aws/index.ts';
import { providers } from './providers/index.ts';
import type { ConnectedProvider, Connection, ProviderEntry, ProviderId } from './providers/provider.ts';
import type { ProviderStatus } from './schema/context.ts';
import { assembleSchema } from './schema/index.ts';
import { startServer } from './server/server.ts';
import { StartupError } from './startup-error.ts';

export interface RunningGateway {
  /** The address of the server, without a slash at the end. */
  readonly url: string;
  readonly providers: readonly ProviderStatus[];
  /** A mutation to try on the demo world of local AWS, on one line. */
  readonly example: string;
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
  const localAws = config.localAws && (await startLocalAws(config.localAws, config.identityStoreId));
  const transport = new Transport(config.awsTimeoutMs);
  async function release(): Promise<void> {
    transport.destroy();
    await localAws?.stop();
  }
  try {
    const connection: Connection = {
      transport,
      ...(config.localAws &&
        localAws && { local: { endpoint: localAws.url, region: config.localAws.region } }),
      ...(config.identityStoreId && { identityStoreId: config.identityStoreId }),
    };
    const connected = await connectProviders(config.providers, connection);
    const statuses = await Promise.all(
      providers.map(entry => describeProvider(entry, connected.get(entry.id), localAws !== undefined)),
    );
    const server = await startServer({
      host: config.host,
      port: config.port,
      schema: assembleSchema(),
      gateway: { statuses, connected },
      logger,
    });
    return {
      url: server.url,
      providers: statuses,
      example: exampleOf(connected),
      ...(localAws && { localAws }),
      stop: async () => {
        await server.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function exampleOf(connected: ReadonlyMap<ProviderId, ConnectedProvider>): string {
  const [first] = connected.values();
  if (!first) throw new Error('The configuration enables no provider.');
  return first.examples.command;
}

/** Local AWS is imported only here and only when it is wanted, so that production never loads it. */
async function startLocalAws({ port, data }: LocalAwsConfig, identityStoreId?: string): Promise<LocalAws> {
  const localAws = await import('./local-aws/index.ts');
  try {
    return await localAws.startLocalAws({
      port,
      data,
      identityStores: identityStoreId ? [identityStoreId] : [],
    });
  } catch (error) {
    if (!(error instanceof localAws.StartupError)) throw error;
    throw new StartupError([error.message], { cause: error });
  }
}

async function connectProviders(ids: readonly ProviderId[], connection: Connection) {
  const enabled = providers.filter(({ id }) => ids.includes(id));
  const connected = await Promise.all(
    enabled.map(async entry => [entry.id, (await entry.load()).connect(connection)] as const),
  );
  return new Map<ProviderId, ConnectedProvider>(connected);
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
  const endpoint = await provider.customEndpoint();
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new StartupError([
      `The endpoint configured for ${name}, ${JSON.stringify(endpoint)}, is not a URL.`,
    ]);
  }
  return { ...entry, enabled: true, region, endpointKind: endpoint === undefined ? 'AWS' : 'CUSTOM' };
}

async function regionOf(provider: ConnectedProvider): Promise<string> {
  try {
    return await provider.region();
  } catch (error) {
    const message = 'No AWS region is configured: set AWS_REGION, or a region in the AWS profile in use.';
    throw new StartupError([message], { cause: error });
  }
}
