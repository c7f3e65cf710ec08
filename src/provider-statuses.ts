/** Where the requests of each provider go, and which of the SDK's settings lead nowhere: told at the start. */
import { SdkSettings } from './aws/sdk-settings.ts';
import type { Config } from './config/index.ts';
import { providers } from './providers/index.ts';
import type { ConnectedProvider, ProviderStatus } from './schema/context.ts';
import { operations } from './schema/operation/registry.ts';
import { StartupError } from './startup-error.ts';

/**
 * What there is to say of each provider, from the SDK's own reading of its settings; nothing is sent.
 *
 * @throws StartupError when no request of an enabled provider could be sent, or what the settings say would be passed over.
 */
export async function describeProviders(
  connected: ReadonlyMap<string, ConnectedProvider>,
  { localAws, environment }: Config,
): Promise<readonly ProviderStatus[]> {
  const settings = localAws ? undefined : await usableSettings(environment);
  return Promise.all(
    providers.map(async ({ id, name, notice = null }) => {
      const provider = connected.get(id);
      if (!provider) return { id, name, notice, enabled: false, region: null, endpointKind: null };
      const place = settings ? await placeOf(provider, id, name, settings) : await localPlace(provider);
      return { id, name, notice, enabled: true, ...place };
    }),
  );
}

type Place = Pick<ProviderStatus, 'region' | 'endpointKind'>;

async function localPlace({ client }: ConnectedProvider): Promise<Place> {
  return { region: await client.region(), endpointKind: 'LOCAL' };
}

async function usableSettings(environment: Config['environment']): Promise<SdkSettings> {
  const settings = await SdkSettings.read(environment);
  const flaws = settings.flaws();
  if (flaws.length > 0) throw new StartupError(flaws);
  return settings;
}

async function placeOf(
  { client }: ConnectedProvider,
  id: string,
  name: string,
  settings: SdkSettings,
): Promise<Place> {
  const region = await client.region().catch((error: unknown) => {
    const message = 'No AWS region is configured: set AWS_REGION, or a region in the AWS profile in use.';
    throw new StartupError([message], { cause: error });
  });
  const endpoint = await client.customEndpoint();
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new StartupError([
      `${settings.endpointOf(client.serviceId)} is wrong: it must be a URL that begins with http:// or https://.`,
    ]);
  }
  const operation = operations().find(({ provider }) => provider === id)?.aws[0];
  if (operation) {
    await client
      .findRoute(operation.commandFor({} as never))
      .catch(noRoute(name, client.serviceId, settings));
  }
  return { region, endpointKind: endpoint === undefined ? 'AWS' : 'CUSTOM' };
}

function noRoute(name: string, serviceId: string, settings: SdkSettings) {
  return (error: Error): never => {
    const { message } = error.cause as Error;
    const together = settings.routeOf(serviceId).join(', ');
    throw new StartupError([`${name} has no endpoint with ${together}: ${message.replace(/\.?$/, '.')}`], {
      cause: error,
    });
  };
}
