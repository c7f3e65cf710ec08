/**
 * Every operation in AWS's models, sent by the SDK's own client and by ours: AWS must receive the same.
 *
 * Our client takes the SDK apart, and what it takes is private to the SDK. Here an update shows that changes a part.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { requestModel, type ServiceModel } from '../../src/aws/models/model.ts';
import { Transport } from '../../src/aws/transport.ts';
import {
  json,
  type ReceivedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../support/recording-server.ts';
import { fills, samples } from '../support/sample-requests.ts';
import { type SdkClient, sdkServices } from '../support/sdk-services.ts';
import { expectSigned } from '../support/signature.ts';

/** The headers that are not compared as they are, and why. Each is looked at in a way of its own below. */
const ownWay: Readonly<Record<string, string>> = {
  'user-agent':
    "Begins with this gateway's name, and is the same for all calls: it does not list the SDK's features in use (m/…).",
  'x-amz-user-agent':
    'Repeats a part of user-agent for browsers, where pages may not set that one. We leave it out.',
  'amz-sdk-invocation-id': 'Random.',
  'x-amz-date': 'The time.',
  'x-amz-content-sha256': 'Of the body, which may have a random token.',
  authorization: 'Signs all of these.',
};

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

describe.each(sdkServices)('Through $name', ({ model, Client, command }) => {
  let server: RecordingServer;
  let transport: Transport;
  let sdk: SdkClient;
  let ours: AwsClient;
  beforeAll(async () => {
    server = await startRecordingServer(json({}));
    transport = new Transport({ timeoutMs: 5_000 });
    const config = { endpoint: server.url, region: 'eu-west-1', credentials, userAgentAppId: 'an app' };
    sdk = new Client(config);
    ours = new AwsClient(new Client({ ...config, requestHandler: transport }));
  });
  afterAll(async () => {
    sdk.destroy();
    transport.destroy();
    await server.stop();
  });

  const requests = Object.entries(model.operations).flatMap(([operation, { input }]) =>
    fills.flatMap(fill =>
      samples(model, input, fill).map((sample, at) => ({ operation, fill, sample, number: at + 1 })),
    ),
  );

  it.each(requests)(
    '$operation with $fill ($number) arrives as if the SDK had sent it',
    async ({ operation, sample }) => {
      await sdk.send(command(operation, sample));
      await ours.send(command(operation, sample), { repeatable: true });
      expect(server.requests).toHaveLength(2);
      const [theirRequest, ourRequest] = server.requests.splice(0) as [ReceivedRequest, ReceivedRequest];
      const comparable = withoutRandomness(tokensOf(model, operation));
      expect(comparable(ourRequest)).toEqual(comparable(theirRequest));
      expect(ourRequest.headers).not.toHaveProperty('x-amz-user-agent');
      expect(userAgentOf(ourRequest)).toBe(`vestibule ${userAgentOf(theirRequest)}`);
      expect(ourRequest.headers['amz-sdk-invocation-id']).toMatch(new RegExp(`^${uuid}$`));
      expect(credentialOf(ourRequest)).toBe(credentialOf(theirRequest));
      const theirs = signedHeadersOf(theirRequest).filter(name => name !== 'x-amz-user-agent');
      expect(signedHeadersOf(ourRequest)).toEqual(theirs);
      await expectSigned(ourRequest, credentials);
    },
  );
});

it('All operations of all models are sent', () => {
  const operations = sdkServices.map(
    ({ name, model }) => [name, Object.keys(model.operations).length] as const,
  );
  for (const [, count] of operations) expect(count).toBeGreaterThan(0);
  expect(operations.map(([name]) => name)).toEqual(
    expect.arrayContaining(['chime', 'chime-sdk-identity', 'identitystore', 'rekognition']),
  );
});

/** The members for which the SDK makes a token when a request has none. */
function tokensOf(model: ServiceModel, operation: string): string[] {
  const { members = {} } = requestModel(model, operation).shape;
  return Object.keys(members).filter(name => members[name]?.idempotencyToken);
}

function withoutRandomness(tokens: readonly string[]) {
  const token = new RegExp(`"(${tokens.join('|')})":"${uuid}"`, 'g');
  return ({ method, path, headers, body }: ReceivedRequest) => ({
    method,
    path,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !(name in ownWay))),
    body: tokens.length > 0 ? body.replaceAll(token, '"$1":"a UUID"') : body,
  });
}

function userAgentOf({ headers }: ReceivedRequest): string | undefined {
  return headers['user-agent']?.replace(/ m\/\S*/, '');
}

function credentialOf({ headers }: ReceivedRequest): string | undefined {
  return /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1];
}

function signedHeadersOf({ headers }: ReceivedRequest): readonly string[] {
  return /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
}
