/** What becomes of calls to AWS that bring no result. */
import { ChimeClient, GetAccountCommand } from '@aws-sdk/client-chime';
import { CreateUserCommand } from '@aws-sdk/client-rekognition';
import { describe, expect, test } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { AwsFailure } from '../../src/aws/failure.ts';
import { clientOf, credentials, startAws } from '../support/aws-client.ts';
import { type Answer, json, reset } from '../support/recording-server.ts';

/** For the calls that get no answer; long enough for those that get one. */
const SHORT_MS = 1_000;

const silence: Answer = () => undefined;

const halfAnAnswer: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"UserId":');
  setImmediate(() => response.destroy());
};

const halfAnAnswerAndSilence: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"UserId":');
};

async function failureOf(client: AwsClient, repeatable = false): Promise<AwsFailure> {
  const command = new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
  const failure = await client.send(command, { repeatable }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AwsFailure);
  return failure as AwsFailure;
}

describe('A failed call', () => {
  test('is given up after three attempts', async () => {
    const server = await startAws(json({ __type: 'ThrottlingException' }, 400));
    expect(await failureOf(clientOf(server.url), true)).toMatchObject({
      kind: 'exception',
      status: 400,
      requestId: '11111111-2222-3333-4444-555555555555',
      outcomeUnknown: false,
    });
    expect(server.requests).toHaveLength(3);
  });

  test('is not repeated when the client is at fault', async () => {
    const server = await startAws(json({ __type: 'ConflictException' }, 400));
    expect(await failureOf(clientOf(server.url), true)).toMatchObject({
      kind: 'exception',
      exception: { name: 'ConflictException' },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['a reset connection', reset, 'disconnected'],
    ['half an answer', halfAnAnswer, 'disconnected'],
    ['an internal error', json({ __type: 'InternalServerError' }, 500), 'exception'],
    ['no answer in time', silence, 'timeout'],
    ['no end of the answer in time', halfAnAnswerAndSilence, 'timeout'],
  ] as const)(
    'that AWS would not recognise is not repeated after %s, and its outcome is unknown',
    async (_, answer, kind) => {
      const server = await startAws(answer, json({}));
      const failure = await failureOf(clientOf(server.url, {}, SHORT_MS));
      expect(failure).toMatchObject({ kind, outcomeUnknown: true });
      expect(server.requests).toHaveLength(1);
    },
  );

  test.each([
    ['a reset connection', reset],
    ['half an answer', halfAnAnswer],
    ['an internal error', json({ __type: 'InternalServerError' }, 500)],
    ['no answer in time', silence],
    ['no end of the answer in time', halfAnAnswerAndSilence],
  ] as const)('that may happen twice is repeated after %s', async (_, answer) => {
    const server = await startAws(answer, json({}));
    const command = new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
    await clientOf(server.url, {}, SHORT_MS).send(command, { repeatable: true });
    expect(server.requests).toHaveLength(2);
  });

  test('has an unknown outcome when a certain refusal follows an attempt that may have worked', async () => {
    const server = await startAws(reset, json({ __type: 'AccessDeniedException' }, 400));
    expect(await failureOf(clientOf(server.url), true)).toMatchObject({
      kind: 'exception',
      outcomeUnknown: true,
    });
  });

  test('has an unknown outcome when its repeat finds nobody, after an attempt that may have worked', async () => {
    const server = await startAws((request, response) => {
      void server.stop();
      reset(request, response);
    });
    expect(await failureOf(clientOf(server.url), true)).toMatchObject({
      kind: 'unreachable',
      unsettled: { kind: 'disconnected' },
      outcomeUnknown: true,
    });
  });

  test.each([
    ['credentials', 'noCredentials'],
    ['region', 'noRegion'],
  ] as const)(
    'says that nothing was sent when there is no %s, and asks for it anew',
    async (missing, kind) => {
      const server = await startAws(json({}));
      const given: Record<string, unknown> = { credentials, region: 'eu-west-1' };
      let there = false;
      const client = clientOf(server.url, {
        [missing]: async () => (there ? given[missing] : Promise.reject(new Error(`no ${missing} here`))),
      });
      expect(await failureOf(client)).toMatchObject({
        kind,
        cause: { message: `no ${missing} here` },
        outcomeUnknown: false,
      });
      expect(server.requests).toHaveLength(0);
      there = true;
      const command = new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
      await client.send(command, { repeatable: false });
      expect(server.requests).toHaveLength(1);
    },
  );

  test.each([
    ['an HTML page', 200, '<html>Sign in</html>'],
    ['half a JSON document', 200, '{"UserId":'],
    ['a refusal by a proxy', 403, '<html>No</html>'],
    ["an exception of AWS's form without an id of AWS", 400, '{"__type":"ConflictException"}'],
  ])('is unreadable when it is answered with %s', async (_, status, body) => {
    const server = await startAws((_request, response) => response.writeHead(status).end(body));
    expect(await failureOf(clientOf(server.url))).toMatchObject({
      kind: 'unreadable',
      exception: undefined,
      status,
      outcomeUnknown: true,
    });
  });

  test('keeps the whole answer out of what is logged of it', async () => {
    const server = await startAws(json({ __type: 'ConflictException' }, 400));
    const { cause } = await failureOf(clientOf(server.url));
    expect(cause).toHaveProperty('$response.statusCode', 400);
    expect(Object.keys(cause as object)).not.toContain('$response');
  });

  test('tells how long AWS asks to wait', async () => {
    const server = await startAws(json({ __type: 'ConflictException' }, 400, { 'retry-after': '7' }));
    expect(await failureOf(clientOf(server.url))).toMatchObject({ retryAfterSeconds: 7 });
  });

  test('says that nothing was sent when the SDK cannot make a request of the input', async () => {
    const server = await startAws(json({}));
    const options = { endpoint: server.url, region: 'us-east-1', credentials };
    const client = new AwsClient(new ChimeClient(options));
    const call = client.send(new GetAccountCommand({ AccountId: undefined }), { repeatable: true });
    await expect(call).rejects.toMatchObject({
      kind: 'unencodable',
      cause: { message: 'No value provided for input HTTP label: AccountId.' },
      outcomeUnknown: false,
    });
    expect(server.requests).toEqual([]);
  });
});
