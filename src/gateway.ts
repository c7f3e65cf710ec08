/** A whole gateway in one process: local AWS if wanted, the providers, the schema and the server. */
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { openTokens } from './auth/index.ts';
import { Transport } from './aws/transport.ts';
import type { Config, LocalAwsConfig } from './config/index.ts';
import type { LocalAws } from './local-aws/index.ts';
import { describeProviders } from './provider-statuses.ts';
import { providers } from './providers/index.ts';
import type { Connection } from './providers/provider.ts';
import type { ConnectedProvider, ProviderStatus } from './schema/context.ts';
import { mutationCommand } from './schema/example-documents.ts';
import { assembleSchema } from './schema/index.ts';
import { operations } from './schema/operation/registry.ts';
import { takeAddress } from './server/server.ts';
import { StartupError } from './startup-error.ts';
import { startTelemetry, type Telemetry } from './telemetry/telemetry.ts';

export interface RunningGateway {
  /** The address of the server, without a slash at the end. */
  readonly url: string;
  readonly providers: readonly ProviderStatus[];
  /** A mutation to try on the demo world of local AWS, on one line. */
  readonly example: string | undefined;
  /** Where the metrics are served, if they are. */
  readonly metricsUrl: string | undefined;
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
  // The address comes first: nothing else is touched, such as the folder of local AWS, when another gateway has it.
  const address = await takeAddress(config.server.host, config.server.port);
  const transport = new Transport(config.aws.timeoutMs);
  let telemetry: Telemetry | undefined;
  let localAws: LocalAws | undefined;
  async function release(): Promise<void> {
    await telemetry?.stop();
    transport.destroy();
    await localAws?.stop();
  }
  try {
    localAws = config.localAws && (await startLocalAws(config.localAws));
    const connected = await connectProviders(config, {
      transport,
      ...(config.localAws &&
        localAws && { local: { endpoint: localAws.url, region: config.localAws.region } }),
    });
    const statuses = await describeProviders(connected, config);
    const schema = assembleSchema();
    const tokens = await openTokens(config.access.auth, { logger, providers: providers.map(({ id }) => id) });
    telemetry = await startTelemetry(config, servicesOf(connected), logger);
    const { health, observers, listeners, metricsUrl } = telemetry;
    const server = address.serve({
      corsOrigins: config.server.corsOrigins,
      schema,
      gateway: { statuses, connected, settleTimeoutMs: config.aws.settleTimeoutMs },
      limits: config.limits,
      maxAnswerBytes: config.limits.maxAnswerBytes,
      access: { ...config.access, tokens },
      logger,
      providerReports: () => health.report(),
      observers,
      listeners,
    });
    return {
      url: address.url,
      providers: statuses,
      example: exampleOf(schema, connected),
      ...(localAws && { localAws }),
      metricsUrl,
      stop: async () => {
        await server.stop(() => transport.destroy());
        await release();
      },
    };
  } catch (error) {
    address.giveBack();
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
    const further = error instanceof localAws.FolderInUseError ? [useOfAnother(config)] : [];
    throw new StartupError([error.message, ...further], { cause: error });
  }
}

/** How to use a local AWS that runs already. */
function useOfAnother({ region, identityStores: [store] = [] }: LocalAwsConfig): string {
  const settings = `AWS_BACKEND=aws AUTH=none AWS_ENDPOINT_URL=<its address> AWS_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;
  return `To use that one: ${settings}${store === undefined ? '' : ` IDENTITY_STORE_ID=${store}`}`;
}

async function connectProviders(
  { aws: { providers: ids }, providerSettings }: Config,
  connection: Omit<Connection, 'settings'>,
): Promise<ReadonlyMap<string, ConnectedProvider>> {
  const enabled = providers.filter(({ id }) => ids.includes(id));
  const connected = await Promise.all(
    enabled.map(async ({ id, load }) => {
      const { provider } = await load();
      return [id, provider.connect({ ...connection, settings: providerSettings[id] })] as const;
    }),
  );
  return new Map(connected);
}

/** The providers of the services that are called, by AWS's names of the services. */
function servicesOf(connected: ReadonlyMap<string, ConnectedProvider>): ReadonlyMap<string, string> {
  const services = operations().flatMap(({ aws }) => aws.map(({ service }) => service));
  return new Map(
    [...connected.keys()].flatMap(id =>
      services.filter(({ provider }) => provider === id).map(({ model }) => [model.service, id] as const),
    ),
  );
}
