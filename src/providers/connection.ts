/** Connects providers to AWS through the SDK. */
import { AwsClient } from '../aws/client.ts';
import { AwsService } from '../aws/service.ts';
import type { Connection } from './provider.ts';

/** Local AWS takes any signature; the SDK still wants something to sign with. */
const anyCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Options for the constructor of any of the SDK's clients. */
export function clientOptions({ transport, local }: Connection) {
  return {
    requestHandler: transport,
    ...(local && { endpoint: local.endpoint, region: local.region, credentials: anyCredentials }),
  };
}

/** What every provider does with its SDK client. */
export function connectService(client: { readonly config: object }) {
  const aws = new AwsClient(client);
  return {
    service: new AwsService(aws),
    region: () => aws.region(),
    customEndpoint: () => aws.customEndpoint(),
  };
}
