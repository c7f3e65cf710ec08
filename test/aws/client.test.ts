import { setTimeout } from 'node:timers/promises';
import { ChimeClient, GetAccountCommand } from '@aws-sdk/client-chime';
import { CreateUserCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { Sha256Node } from '@smithy/core/checksum';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, test } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { AwsFailure } from '../../src/aws/failure.ts';
import { Transport } from '../../src/aws/transport.ts';
import {
  type Answer,
  json,
  type ReceivedRequest,
  type RecordingServer,
  reset,
  startRecordingServer,
} from '../support/recording-server.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function aws(...answers: Answer[]): Promise<RecordingServer> {
  const server = await startRecordingServer(...answers);
  cleanUps.push(() => server.stop());
  return server;
}

function clientOf(endpoint: string, options: object = {}): AwsClient {
  const transport = new Transport(300);
  cleanUps.push(() => transport.destroy());
  const config = { endpoint, region: 'eu-west-1', credentials, requestHandler: transport, ...options };
  return new AwsClient(new RekognitionClient(config));
}

const createUser = () => new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });

/** The signature that the SDK's own signer gives for what the server received. */
async function expectedAuthorization({
  method,
  path,
  headers,
  body,
}: ReceivedRequest): Promise<string | undefined> {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const signer = new SignatureV4({
    credentials,
    region: 'eu-west-1',
    service: 'rekognition',
    sha256: Sha256Node,
  });
  const date = (headers['x-amz-date'] as string).replace(
    /(....)(..)(..)T(..)(..)(..)Z/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  const request = new HttpRequest({
    method,
    path,
    body,
    headers: Object.fromEntries(names.map(name => [name, headers[name] as string])),
  });
  const signed = await signer.sign(request, { signingDate: new Date(date) });
  return signed.headers['authorization'];
}

describe('A call to AWS', () => {
  test('carries what the SDK sends: target, body with a token, content length, user agent and a valid signature', async () => {
    const server = await aws(json({}));
    await clientOf(server.url).send(createUser(), { repeatable: true });
    const [request] = server.requests as [ReceivedRequest];
    expect(request).toMatchObject({ method: 'POST', path: '/' });
    expect(request.headers).toMatchObject({
      host: new URL(server.url).host,
      'x-amz-target': 'RekognitionService.CreateUser',
      'content-type': 'application/x-amz-json-1.1',
      'content-length': String(Buffer.byteLength(request.body)),
      'amz-sdk-request': 'attempt=1; max=3',
      'amz-sdk-invocation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-amz-security-token': 'session',
      'user-agent': expect.stringMatching(
        /^vestibule aws-sdk-js\/3\.\d+\.\d+ ua\/2\.1 os\/.* api\/Rekognition/i,
      ),
    });
    expect(JSON.parse(request.body)).toEqual({
      CollectionId: 'employees',
      UserId: 'ada',
      ClientRequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(request.headers.authorization).toBe(await expectedAuthorization(request));
  });

  test('asks the credential provider anew when credentials expire, and signs with the new ones', async () => {
    const server = await aws(json({}));
    let issued = 0;
    const rotating = async () => ({
      ...credentials,
      accessKeyId: `AKID${++issued}`,
      // The SDK takes credentials for expired five minutes before they are.
      expiration: new Date(Date.now() + (issued === 1 ? 300_300 : 3_600_000)),
    });
    const client = clientOf(server.url, { credentials: rotating });
    for (const wait of [0, 0, 400, 0]) {
      await setTimeout(wait);
      await client.send(createUser(), { repeatable: true });
    }
    const keys = server.requests.map(
      ({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1],
    );
    expect(keys).toEqual(['AKID1', 'AKID1', 'AKID2', 'AKID2']);
  });

  test('follows a server whose clock is an hour ahead', async () => {
    const anHourAhead = new Date(Date.now() + 3_600_000);
    const skewed = json({ __type: 'InvalidSignatureException' }, 403, { date: anHourAhead.toUTCString() });
    const server = await aws(skewed, json({}, 200, { date: anHourAhead.toUTCString() }));
    await clientOf(server.url).send(createUser(), { repeatable: false });
    const [first, second] = server.requests.map(({ headers }) => headers['x-amz-date'] as string);
    expect(server.requests).toHaveLength(2);
    expect(Number(second?.slice(9, 11))).toBe((Number(first?.slice(9, 11)) + 1) % 24);
  });

  test('is repeated after throttling, as the same request in a new attempt', async () => {
    const server = await aws(json({ __type: 'ThrottlingException' }, 400), json({}));
    await clientOf(server.url).send(createUser(), { repeatable: false });
    const [first, second] = server.requests as [ReceivedRequest, ReceivedRequest];
    expect(server.requests).toHaveLength(2);
    expect(second.body).toBe(first.body);
    expect(second.headers['amz-sdk-invocation-id']).toBe(first.headers['amz-sdk-invocation-id']);
    expect(second.headers['amz-sdk-request']).toBe('attempt=2; max=3');
  });

  test('is given up after three attempts', async () => {
    const server = await aws(json({ __type: 'ThrottlingException' }, 400));
    const failure = await clientOf(server.url)
      .send(createUser(), { repeatable: true })
      .catch(error => error);
    expect(server.requests).toHaveLength(3);
    expect(failure).toMatchObject({ kind: 'exception', status: 400, outcomeUnknown: false });
  });

  test('is not repeated after a client fault', async () => {
    const server = await aws(json({ __type: 'ConflictException' }, 400));
    await expect(clientOf(server.url).send(createUser(), { repeatable: true })).rejects.toBeInstanceOf(
      AwsFailure,
    );
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['a reset connection', reset, 'disconnected'],
    ['an internal error', json({ __type: 'InternalServerError' }, 500), 'exception'],
    ['no answer in time', () => undefined, 'timeout'],
  ] as const)(
    'that AWS would not recognise is not repeated after %s, and its outcome is unknown',
    async (_, answer, kind) => {
      const server = await aws(answer, json({}));
      const failure = await clientOf(server.url)
        .send(createUser(), { repeatable: false })
        .catch(error => error);
      expect(failure).toMatchObject({ kind, outcomeUnknown: true });
      expect(server.requests).toHaveLength(1);
    },
  );

  test.each([
    ['a reset connection', reset],
    ['an internal error', json({ __type: 'InternalServerError' }, 500)],
    ['no answer in time', () => undefined],
  ] as const)('that may happen twice is repeated after %s', async (_, answer) => {
    const server = await aws(answer, json({}));
    await clientOf(server.url).send(createUser(), { repeatable: true });
    expect(server.requests).toHaveLength(2);
  });

  test('keeps its outcome unknown when a certain refusal follows an attempt that may have worked', async () => {
    const server = await aws(reset, json({ __type: 'AccessDeniedException' }, 400));
    const failure = await clientOf(server.url)
      .send(createUser(), { repeatable: true })
      .catch(error => error);
    expect(failure).toMatchObject({ kind: 'exception', outcomeUnknown: true });
  });

  test('says that nothing was sent when no one listens', async () => {
    const server = await aws(json({}));
    await server.stop();
    const failure = await clientOf(server.url)
      .send(createUser(), { repeatable: false })
      .catch(error => error);
    expect(failure).toMatchObject({ kind: 'unreachable', outcomeUnknown: false });
  });

  test('says that nothing was sent when there are no credentials', async () => {
    const server = await aws(json({}));
    const client = clientOf(server.url, {
      credentials: async () => Promise.reject(new Error('no credentials here')),
    });
    const failure = await client.send(createUser(), { repeatable: false }).catch(error => error);
    expect(failure).toMatchObject({ kind: 'unsigned', outcomeUnknown: false });
    expect(server.requests).toHaveLength(0);
  });

  test.each([
    ['an HTML page', 200, '<html>Sign in</html>', 'unreadable'],
    ['half a JSON document', 200, '{"UserId":', 'unreadable'],
  ])('fails as unreadable on %s', async (_, status, body, kind) => {
    const server = await aws((_request, response) => response.writeHead(status).end(body));
    const failure = await clientOf(server.url)
      .send(createUser(), { repeatable: false })
      .catch(error => error);
    expect(failure).toMatchObject({ kind, status: 200, outcomeUnknown: true });
  });

  test("takes the address, region and path of a service from the SDK's endpoint rules", async () => {
    const sent: HttpRequest[] = [];
    const requestHandler = {
      handle: async (request: HttpRequest) => {
        sent.push(request);
        return {
          response: new HttpResponse({ statusCode: 200, body: Buffer.from('{"Account":{"Name":"Team"}}') }),
        };
      },
    };
    const client = new AwsClient(new ChimeClient({ region: 'us-east-1', credentials, requestHandler }));
    const { Account: account } = await client.send(new GetAccountCommand({ AccountId: 'a b/c' }), {
      repeatable: true,
    });
    expect(account).toEqual({ Name: 'Team' });
    expect(sent[0]).toMatchObject({
      protocol: 'https:',
      hostname: 'chime.us-east-1.amazonaws.com',
      path: '/accounts/a%20b%2Fc',
      headers: { authorization: expect.stringContaining('/us-east-1/chime/aws4_request') },
    });
  });
});
