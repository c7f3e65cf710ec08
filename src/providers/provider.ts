/** What a provider is to the rest of the gateway. */
import type { AdmissionOptions } from '../aws/admission.ts';
import type { TransportOptions } from '../aws/transport.ts';
import type { Variables } from '../config/variable.ts';
import type { LocalAwsOptions } from '../local-aws/index.ts';
import type { ConnectedProvider } from '../schema/context.ts';
import type { Examples } from '../schema/examples.ts';

/** What each provider may ask of AWS, and of this process. */
export interface UpstreamOptions {
  readonly transport: TransportOptions;
  readonly admission: AdmissionOptions;
}

/** How to reach AWS. Without `local`, the SDK's own chain of variables and files decides everything. */
export interface Connection {
  readonly upstream: UpstreamOptions;
  readonly local?: { readonly endpoint: string; readonly region: string };
  /** What the provider's {@link ProviderSettings} made of the environment. */
  readonly settings: unknown;
}

/** The environment variables that only one provider has. */
export interface ProviderSettings<Settings = unknown> {
  readonly variables: Variables;
  /**
   * @param values What was given, by the names that `variables` has.
   * @param local Whether the gateway has a local AWS.
   */
  readonly read: (
    values: Readonly<Record<string, unknown>>,
    options: { readonly local: boolean },
  ) => Settings;
  /** Those that stand in for what inputs leave out, by the members of AWS's requests. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** What local AWS is started with because of them. */
  localAws?(settings: Settings): Pick<LocalAwsOptions, 'identityStores'>;
}

/** What the module of a provider exports as `provider`. */
export interface Provider {
  readonly examples: Examples;
  readonly connect: (connection: Connection) => ConnectedProvider;
}

/** An entry of the list of providers. */
export interface ProviderEntry {
  /** Its name in the configuration, in scopes, and of its folder. */
  readonly id: string;
  readonly name: string;
  /** What a user should know before choosing this provider. */
  readonly notice?: string;
  readonly settings?: ProviderSettings;
  /** Importing the provider's module adds its types and fields to the schema. */
  readonly load: () => Promise<{ readonly provider: Provider }>;
}
