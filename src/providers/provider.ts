/** What a provider is to the rest of the gateway. */
import type { Transport } from '../aws/transport.ts';
import type { Examples } from './examples.ts';

export type ProviderId = 'rekognition' | 'identity-store' | 'chime';

/** Where requests go: AWS itself, the embedded local AWS, or another implementation of AWS's endpoints. */
export type EndpointKind = 'AWS' | 'LOCAL' | 'CUSTOM';

/** How to reach AWS. Without `local`, the SDK's own chain of variables and files decides everything. */
export interface Connection {
  /** Carries the requests of all providers. */
  readonly transport: Transport;
  readonly local?: { readonly endpoint: string; readonly region: string };
  /** The identity store of inputs that name none. */
  readonly identityStoreId?: string;
}

/** A connected provider. */
export interface ConnectedProvider {
  readonly examples: Examples;
  /** What the provider's resolvers work with during one request. */
  openSession(): object;
  /** Rejects when the SDK's configuration names no region. */
  region(): Promise<string>;
  /** The endpoint configured in place of AWS's own, if any. */
  customEndpoint(): Promise<string | undefined>;
}

/** An entry of the list of providers. */
export interface ProviderEntry {
  readonly id: ProviderId;
  readonly name: string;
  /** What a user should know before choosing this provider. */
  readonly notice?: string;
  /** Importing the provider's module adds its types and fields to the schema. */
  load(): Promise<{ connect(connection: Connection): ConnectedProvider }>;
}

declare const sessionType: unique symbol;

/** A provider's id that knows, for the compiler, the type of the provider's sessions. */
export type ProviderKey<Session extends object> = ProviderId & { readonly [sessionType]?: Session };
