/** What of a client of the AWS SDK calls are made with. */
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type {
  AwsCredentialIdentity,
  ClientProtocol,
  HttpSigner,
  Provider,
  RequestHandler,
  RequestSigner,
  RetryStrategyV2,
} from '@smithy/types';
import type { Progress } from './transport.ts';

/** The parts of an SDK client's resolved configuration that a call needs. */
export interface ClientConfig {
  readonly protocol: ClientProtocol<HttpRequest, HttpResponse>;
  readonly requestHandler: RequestHandler<HttpRequest, HttpResponse, Progress>;
  readonly retryStrategy: Provider<RetryStrategyV2>;
  readonly maxAttempts: Provider<number>;
  readonly credentials: Provider<AwsCredentialIdentity>;
  readonly region: Provider<string>;
  readonly serviceId: string;
  readonly serviceConfiguredEndpoint?: Provider<string | undefined>;
  readonly httpAuthSchemes: readonly { readonly signer: HttpSigner }[];
  readonly defaultSigningName: string;
  readonly logger?: unknown;
  signer: () => Promise<RequestSigner>;
}
