/** Connects providers to AWS through the SDK. */
import { AwsClient } from '../aws/client.ts';
import type { ExceptionTable } from '../aws/exceptions.ts';
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

/** What every provider does with its SDK client; `name` is the service as a sentence calls it. */
export function connectService(
  client: { readonly config: object },
  name: string,
  exceptions: ExceptionTable,
) {
  const aws = new AwsClient(client);
  return {
    service: new AwsService(aws, name, exceptions),
    region: () => aws.region(),
    customEndpoint: () => aws.customEndpoint(),
  };
}
