/** A whole gateway in one process: local AWS if wanted, the providers, the schema and the server. */
import type { GraphQLInputObjectType, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { AuditEvents, type AuditTrail, openAuditTrail } from './audit/index.ts';
import { openTokens } from './auth/index.ts';
import type { Config, LocalAwsConfig } from './config/index.ts';
import { SharedDatabase } from './database/shared-database.ts';
import { Slots } from './database/slots.ts';
import { Jobs } from './jobs/index.ts';
import { IdempotencyKeys } from './ledger/index.ts';
import type { LocalAws } from './local-aws/index.ts';
import { openDocuments } from './persisted/index.ts';
import { describeProviders } from './provider-statuses.ts';
import { providers } from './providers/index.ts';
import type { Connection, UpstreamOptions } from './providers/provider.ts';
import type { ConnectedProvider, Gateway, ProviderStatus } from './schema/context.ts';
import { mutationCommand } from './schema/example-documents.ts';
import { assembleSchema } from './schema/index.ts';
import { operations } from './schema/operation/registry.ts';
import { KnownDocuments } from './server/request/known-documents.ts';
import { type RunningServer, takeAddress } from './server/server.ts';
import { StartupError } from './startup-error.ts';
import { startTelemetry, type Telemetry } from './telemetry/telemetry.ts';
import { unlessEnded } from './unless-ended.ts';

/** How long the bulk jobs, and the database, may take to be closed at the end. */
const CLOSE_MS = 2_000;

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
  /** Where changes are taken down. */
  readonly auditTrail?: AuditTrail | undefined;
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
  const address = await takeAddress(config.server.host, config.server.port, config.limits.maxConnections);
  let auditTrail: AuditTrail | undefined;
  let telemetry: Telemetry | undefined;
  const connected = new Map<string, ConnectedProvider>();
  let localAws: LocalAws | undefined;
  const database = new SharedDatabase(config.database, logger);
  const idempotencyKeys =
    config.idempotencyHours > 0 ? new IdempotencyKeys(database, config.idempotencyHours) : undefined;
  const { eventDays } = config.audit;
  const auditEvents = eventDays === undefined ? undefined : new AuditEvents(database, eventDays, logger);
  let jobs: Jobs | undefined;
  function disconnect(): void {
    for (const provider of connected.values()) provider.disconnect();
  }
  function giveUp(): void {
    disconnect();
    auditTrail?.hurry();
    database.hurry();
  }
  async function closeDatabase(): Promise<void> {
    await auditEvents?.close();
    await database.close();
  }
  /** @param leftMs How long the rows of jobs that are under way may take. */
  async function release(leftMs = 0): Promise<void> {
    const end = setTimeout(giveUp, leftMs);
    await within(leftMs + CLOSE_MS, async () => jobs?.close());
    clearTimeout(end);
    giveUp();
    // Nothing is changed any more.
    await auditTrail?.close();
    await Promise.all([telemetry?.stop(), within(CLOSE_MS, closeDatabase)]);
    await localAws?.stop();
  }
  try {
    auditTrail = await openAuditTrail(config.audit, logger, auditEvents);
    localAws = config.localAws && (await startLocalAws(config.localAws));
    await connectProviders(config, connected, {
      upstream: upstreamOptions(config, database),
      ...(config.localAws &&
        localAws && { local: { endpoint: localAws.url, region: config.localAws.region } }),
    });
    const statuses = await describeProviders(connected, config);
    const schema = assembleSchema();
    const documents = new KnownDocuments();
    const persisted = await openDocuments(config.persisted, { schema, limits: config.limits, documents });
    const tokens = await openTokens(config.access.auth, { logger, providers: providers.map(({ id }) => id) });
    const upstream = () => [...connected.values()].map(provider => provider.upstream());
    let server: RunningServer | undefined;
    const sources = {
      upstream,
      connections: () => server?.connections,
      inFlight: () => server?.inFlight,
      audit: () => auditTrail?.state,
    };
    telemetry = await startTelemetry(config, servicesOf(connected), sources, logger);
    const { health, observers, listeners, metricsUrl } = telemetry;
    jobs = new Jobs(database, config.jobs, {
      gateway: () => gateway,
      observers: () => observers,
      rowType: name => schema.getType(name) as GraphQLInputObjectType,
      logger,
    });
    const gateway: Gateway = {
      statuses,
      connected,
      upstream,
      hasWorlds: localAws !== undefined,
      settleTimeoutMs: config.aws.settleTimeoutMs,
      auditTrail,
      auditEvents,
      idempotencyKeys,
      jobs,
    };
    const serving = address.serve({
      corsOrigins: config.server.corsOrigins,
      schema,
      gateway,
      limits: config.limits,
      maxAnswerBytes: config.limits.maxAnswerBytes,
      access: { ...config.access, tokens },
      documents,
      persisted,
      logger,
      providerReports: () => health.report(),
      observers,
      listeners,
    });
    server = serving;
    void database.checkPlace();
    void jobs.resume();
    void auditEvents?.start();
    return {
      url: address.url,
      providers: statuses,
      example: exampleOf(schema, connected),
      ...(localAws && { localAws }),
      auditTrail,
      metricsUrl,
      stop: async () => {
        const { delayMs, graceMs } = config.shutdown;
        const graceEnds = performance.now() + delayMs + graceMs;
        await serving.stop({ delayMs, graceMs, giveUp });
        await release(Math.max(0, graceEnds - performance.now()));
      },
    };
  } catch (error) {
    address.giveBack();
    await release();
    throw error;
  }
}

/** Closes something; it is left as it is when that takes longer, as with a server that does not answer. */
async function within(milliseconds: number, close: () => Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), milliseconds);
  await unlessEnded(close(), late.signal);
  clearTimeout(timer);
}

/** A change to try, on one line for a shell: the first one that GraphiQL opens on. */
function exampleOf(
  schema: GraphQLSchema,
  connected: ReadonlyMap<string, ConnectedProvider>,
): string | undefined {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const examples = [...connected.values()].flatMap(provider => Object.entries(provider.examples));
  const change = examples.find(([name, { tab }]) => tab && Object.hasOwn(mutations, name));
  return change && mutationCommand(schema, ...change);
}

/** Local AWS is imported only here and only when it is wanted, so that production never loads it. */
async function startLocalAws(config: LocalAwsConfig): Promise<LocalAws> {
  const localAws = await import('./local-aws/index.ts');
  try {
    return await localAws.startLocalAws(config);
  } catch (error) {
    if (!(error instanceof localAws.StartupError)) throw error;
    const further = error instanceof localAws.FolderInUseError ? [useOfAnother(config, error.address)] : [];
    throw new StartupError([error.message, ...further], { cause: error });
  }
}

/** How to use a local AWS that runs already. */
function useOfAnother(
  { region, identityStores: [store] = [] }: LocalAwsConfig,
  address = '<the address that it printed>',
): string {
  const settings = `AWS_BACKEND=aws AUTH=none AWS_ENDPOINT_URL=${address} AWS_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;
  return `To use that one: ${settings}${store === undefined ? '' : ` IDENTITY_STORE_ID=${store}`}`;
}

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

function upstreamOptions({ aws, upstream, quotas }: Config, database: SharedDatabase): UpstreamOptions {
  const { sharedBudgets } = upstream;
  const isShared = sharedBudgets === 'on' || (sharedBudgets === 'auto' && 'url' in database.place);
  const { replicas, maxWaitMs, places, principalShare } = upstream;
  const { connections, connectionPlaces, connectionWaitMs, failures, openMs } = upstream;
  return {
    transport: {
      timeoutMs: aws.timeoutMs,
      connections,
      places: connectionPlaces,
      principalShare: principalShare / 100,
      maxWaitMs: connectionWaitMs,
    },
    admission: {
      quotas,
      replicas,
      slots: isShared ? new Slots(database) : undefined,
      budgets: { maxWaitMs, places, principalShare: principalShare / 100 },
      breaker: { failures, openMs },
    },
  };
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
