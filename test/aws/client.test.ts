/** What a call to AWS does beside sending its request, which same-requests.test.ts looks at. */
import { ChimeClient, GetAccountCommand } from '@aws-sdk/client-chime';
import { CreateUserCommand } from '@aws-sdk/client-rekognition';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { describe, expect, test, vi } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { clientOf, credentials, startAws } from '../support/aws-client.ts';
import { json, type ReceivedRequest } from '../support/recording-server.ts';
import { expectSigned } from '../support/signature.ts';

const createUser = () => new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });

const HOUR_MS = 3_600_000;

describe('A call to AWS', () => {
  test('asks the credential provider anew when credentials expire, and signs with the new ones', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const server = await startAws(json({}));
    const issued: (typeof credentials)[] = [];
    const rotating = async () => {
      const next = { ...credentials, secretAccessKey: `secret ${issued.length}` };
      issued.push(next);
      return { ...next, expiration: new Date(Date.now() + HOUR_MS) };
    };
    const client = clientOf(server.url, { credentials: rotating });
    try {
      for (const wait of [0, 0, HOUR_MS, 0]) {
        vi.setSystemTime(Date.now() + wait);
        await client.send(createUser(), { repeatable: true });
      }
    } finally {
      vi.useRealTimers();
    }
    const [first, second] = issued as [typeof credentials, typeof credentials];
    for (const [at, used] of [first, first, second, second].entries()) {
      await expectSigned(server.requests[at] as ReceivedRequest, used);
    }
    expect(issued).toHaveLength(2);
  });

  const anHourAhead = new Date(Date.now() + HOUR_MS).toUTCString();

  test.each([
    ['a refusal', json({ __type: 'InvalidSignatureException' }, 403, { date: anHourAhead })],
    ['a success', json({}, 200, { date: anHourAhead })],
    ['a fault', json({ __type: 'InternalServerError' }, 500, { date: anHourAhead })],
  ])(
    'is signed for the time of the server, once %s showed that it is an hour ahead',
    async (_case, answer) => {
      const server = await startAws(answer, json({}, 200, { date: anHourAhead }));
      const client = clientOf(server.url);
      for (let call = 0; call < 2; call += 1) await client.send(createUser(), { repeatable: true });
      const [first, second] = server.requests.map(({ headers }) => timeOf(headers['x-amz-date'] as string));
      const minutesLater = (Number(second) - Number(first)) / 60_000;
      expect(minutesLater).toBeGreaterThan(58);
      expect(minutesLater).toBeLessThan(62);
    },
  );

  test('is repeated after throttling, as the same request in a new attempt', async () => {
    const server = await startAws(json({ __type: 'ThrottlingException' }, 400), json({}));
    await clientOf(server.url, { maxAttempts: 4 }).send(createUser(), { repeatable: false });
    const [first, second] = server.requests as [ReceivedRequest, ReceivedRequest];
    expect(server.requests).toHaveLength(2);
    expect(second.body).toBe(first.body);
    expect(second.headers['amz-sdk-invocation-id']).toBe(first.headers['amz-sdk-invocation-id']);
    expect(first.headers['amz-sdk-request']).toBe('attempt=1; max=4');
    expect(second.headers['amz-sdk-request']).toBe('attempt=2; max=4');
    await expectSigned(second, credentials);
  });

  test('works out once where requests go', async () => {
    const server = await startAws(json({}));
    const region = vi.fn(async () => 'eu-west-1');
    const client = clientOf(server.url, { region });
    await client.send(createUser(), { repeatable: true });
    const asked = region.mock.calls.length;
    await client.send(createUser(), { repeatable: true });
    expect(region).toHaveBeenCalledTimes(asked);
  });

  test("goes where the SDK's endpoint rules say, and gives the output", async () => {
    const sent: HttpRequest[] = [];
    const requestHandler = {
      handle: async (request: HttpRequest) => {
        sent.push(request);
        return {
          response: new HttpResponse({
            statusCode: 200,
            headers: { 'x-amzn-requestid': '11111111-2222-3333-4444-555555555555' },
            body: Buffer.from('{"Account":{"Name":"Team"}}'),
          }),
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

describe('A client', () => {
  test('tells its region, and the endpoint that stands in for AWS', async () => {
    const client = clientOf('http://127.0.0.1:4566');
    expect(await client.region()).toBe('eu-west-1');
    expect(await new AwsClient(new ChimeClient({ region: 'us-east-1' })).customEndpoint()).toBeUndefined();
    vi.stubEnv('AWS_ENDPOINT_URL_CHIME', 'http://127.0.0.1:4567');
    const configured = new AwsClient(new ChimeClient({ region: 'us-east-1' }));
    expect(await configured.customEndpoint()).toBe('http://127.0.0.1:4567');
    vi.unstubAllEnvs();
  });

  test('is refused for a service that it cannot sign for', () => {
    const client = new ChimeClient({ region: 'us-east-1', httpAuthSchemes: [] });
    expect(() => new AwsClient(client)).toThrow(new TypeError('The client has no way to sign requests.'));
  });
});

/** AWS writes 20260131T093000Z. */
function timeOf(date: string): Date {
  return new Date(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
}
