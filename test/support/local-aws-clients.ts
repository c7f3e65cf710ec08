import { ChimeClient } from '@aws-sdk/client-chime';
import { ChimeSDKIdentityClient } from '@aws-sdk/client-chime-sdk-identity';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../src/local-aws/index.ts';

/** Any credentials do: local AWS wants a signature but does not verify it. */
const signature =
  'AWS4-HMAC-SHA256 Credential=key/20260102/us-east-1/service/aws4_request, SignedHeaders=host, Signature=0';

/** Unmodified SDK clients that do not retry, so that a test sees the first answer. */
export function sdkClients({ url }: Pick<LocalAws, 'url'>) {
  const settings = {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  return {
    rekognition: new RekognitionClient(settings),
    identityStore: new IdentitystoreClient(settings),
    chime: new ChimeClient(settings),
    chimeSdkIdentity: new ChimeSDKIdentityClient(settings),
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, when it is JSON. */
  readonly json: Record<string, unknown>;
  /** The exception's name, wherever the protocol puts it. */
  readonly exception: string | null;
  readonly message: string;
}

/** A signed request without an SDK, which would refuse or repair what these tests want to send. */
export async function send(url: string, path: string, init: RequestInit = {}): Promise<RawAnswer> {
  const headers = { authorization: signature, ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${url}${path}`, { ...init, headers });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  const { __type: type, Message: message = '' } = json as { __type?: string; Message?: string };
  const exception = type ?? response.headers.get('x-amzn-errortype');
  return { status: response.status, headers: response.headers, text, json, exception, message };
}

/** An AWS JSON 1.1 request; a string is sent as it is. */
export async function sendTarget(url: string, target: string, body: unknown): Promise<RawAnswer> {
  return send(url, '/', {
    method: 'POST',
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** What a client learns of a refusal. Fails the test when there is none. */
export async function refusal(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await promise.then(
    answer => {
      throw new Error(`Expected a refusal, got ${JSON.stringify(answer)}`);
    },
    (reason: unknown) => reason as Error & Record<string, unknown> & { $metadata: Record<string, unknown> },
  );
  const { name, message, $metadata: metadata } = error;
  if (metadata === undefined) throw error;
  const { httpStatusCode: status, requestId } = metadata;
  const rest = Object.entries(error).filter(
    ([key, value]) =>
      value !== undefined &&
      ![
        '$metadata',
        '$fault',
        '$response',
        '$retryable',
        '__type',
        'name',
        'message',
        'RequestId',
        'Logref',
      ].includes(key),
  );
  return { name, message, status, hasRequestId: typeof requestId === 'string', ...Object.fromEntries(rest) };
}

/** A local AWS for the tests of a file, as new before each of them. */
export function useLocalAws(options: LocalAwsOptions = {}) {
  const used = {} as { local: LocalAws } & ReturnType<typeof sdkClients>;
  beforeAll(async () => {
    const local = await startLocalAws(options);
    Object.assign(used, sdkClients(local), { local });
  });
  beforeEach(() => used.local.reset());
  afterAll(() => used.local.stop());
  return used;
}
