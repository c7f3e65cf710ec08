/** Providers that reach AWS through a client of the AWS SDK, as all do. */
import type { Service } from '../adapter/service.ts';
import { Admission } from '../aws/admission.ts';
import { AwsClient } from '../aws/client.ts';
import { CredentialTrace } from '../aws/credential-trace.ts';
import { Transport } from '../aws/transport.ts';
import type { ConnectedProvider } from '../schema/context.ts';
import type { Examples } from '../schema/examples.ts';
import type { Connection, Provider } from './provider.ts';

/** What the index of an entity's folder exports; importing it adds the entity to the schema. */
export interface EntityModule {
  readonly examples: Examples;
}

/** Options for the constructor of any of the SDK's clients. */
interface ClientOptions {
  readonly requestHandler: Transport;
  readonly logger: CredentialTrace;
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
}

/** Local AWS takes any signature; the SDK still wants something to sign with. Variants of AWS's endpoints exclude its own. */
const forLocalAws = {
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
};

/** @param entities Everything of the service that the gateway serves. */
export function awsProvider(
  { quotas }: Service,
  Client: new (options: ClientOptions) => { readonly config: object },
  entities: readonly EntityModule[],
): Provider {
  const examples: Examples = Object.assign({}, ...entities.map(entity => entity.examples));
  function connect({ upstream, local, settings }: Connection): ConnectedProvider {
    // Of each provider's own: one that does not answer holds nothing that others need.
    const transport = new Transport(upstream.transport);
    const admission = new Admission(quotas, upstream.admission);
    const stopping = new AbortController();
    const sdk = new Client({
      requestHandler: transport,
      logger: new CredentialTrace(),
      ...(local && { ...forLocalAws, ...local }),
    });
    return {
      client: new AwsClient(sdk, admission, stopping.signal),
      settings,
      examples,
      perSecond: operation => admission.perSecond(operation),
      upstream: () => ({ ...admission.state, ...transport.state }),
      disconnect: () => {
        stopping.abort();
        admission.stop();
        transport.destroy();
      },
    };
  }
  return { examples, connect };
}
