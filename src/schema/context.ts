/** What resolvers are given: the providers, each through a session that lasts one GraphQL request. */
import type { ApiError } from '../errors.ts';
import type { ConnectedProvider, EndpointKind, ProviderId, ProviderKey } from '../providers/provider.ts';

/** A provider as the `providers` query shows it. */
export interface ProviderStatus {
  readonly id: ProviderId;
  readonly name: string;
  readonly enabled: boolean;
  readonly region: string | null;
  readonly endpointKind: EndpointKind | null;
  readonly notice: string | null;
}

/** The providers of a running gateway. */
export interface Gateway {
  readonly statuses: readonly ProviderStatus[];
  readonly connected: ReadonlyMap<ProviderId, ConnectedProvider>;
}

export class Context {
  readonly gateway: Gateway;
  /** The errors that the request's mutations returned as members of their unions, for the log. */
  readonly refusals: ApiError[] = [];
  readonly #sessions = new Map<ProviderId, object>();

  constructor(gateway: Gateway) {
    this.gateway = gateway;
  }

  /** The request's session with a provider. Only schema code of the same provider asks, so it is connected. */
  session<Session extends object>(provider: ProviderKey<Session>): Session {
    let session = this.#sessions.get(provider);
    if (!session) {
      const connected = this.gateway.connected.get(provider);
      if (!connected) throw new Error(`The provider ${provider} is not connected.`);
      session = connected.openSession();
      this.#sessions.set(provider, session);
    }
    return session as Session;
  }
}
