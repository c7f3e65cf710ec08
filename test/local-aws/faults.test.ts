import {
  ChimeClient,
  CreateUserCommand as CreateChimeUser,
  ListUsersCommand as ListChimeUsers,
} from '@aws-sdk/client-chime';
import { ListUsersCommand as ListIdentityStoreUsers } from '@aws-sdk/client-identitystore';
import { CreateUserCommand, ListUsersCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { describe, expect, test } from 'vitest';
import { demoWorld, type Fault, InvalidFaultError, startLocalAws } from '../../src/local-aws/index.ts';
import { refusal, sdkClients, send, sendTarget, useLocalAws } from '../support/local-aws-clients.ts';
import { servedServices } from '../support/served-operations.ts';

const aws = useLocalAws();
const services = servedServices();
const CollectionId = 'employees';
const { accountId: AccountId } = demoWorld.chime;
const { identityStoreId: IdentityStoreId } = demoWorld.identityStore;

const listUsers = () => aws.rekognition.send(new ListUsersCommand({ CollectionId }));
const createUser = (UserId: string) => aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId }));
const userCount = async () => (await listUsers()).Users?.length;

describe('an exception', () => {
  test('that the service models has its status and its members', async () => {
    aws.local.faults.add({
      service: 'identitystore',
      effect: {
        type: 'exception',
        name: 'ConflictException',
        message: 'Busy',
        members: { Reason: 'CONCURRENT_MODIFICATION' },
      },
    });
    aws.local.faults.add({
      service: 'chime',
      effect: { type: 'exception', name: 'ServiceUnavailableException' },
    });
    aws.local.faults.add({
      service: 'rekognition',
      effect: { type: 'exception', name: 'InternalServerError' },
    });
    expect(await refusal(aws.identityStore.send(new ListIdentityStoreUsers({ IdentityStoreId })))).toEqual({
      name: 'ConflictException',
      message: 'Busy',
      status: 400,
      hasRequestId: true,
      Reason: 'CONCURRENT_MODIFICATION',
    });
    expect(await refusal(aws.chime.send(new ListChimeUsers({ AccountId })))).toEqual({
      name: 'ServiceUnavailableException',
      message: 'Injected ServiceUnavailableException',
      status: 503,
      hasRequestId: true,
      Code: 'ServiceUnavailable',
    });
    expect(await refusal(listUsers())).toEqual({
      name: 'InternalServerError',
      message: 'Injected InternalServerError',
      status: 500,
      hasRequestId: true,
      Code: 'InternalServerError',
    });
  });

  test.each(['NobodyKnowsException', 'constructor', '__proto__'])(
    'may have the unknown name %s',
    async name => {
      aws.local.faults.add({ effect: { type: 'exception', name } });
      aws.local.faults.add({ effect: { type: 'exception', name, status: 418 } });
      expect(await refusal(listUsers())).toMatchObject({ status: 400, hasRequestId: true });
      expect(await refusal(aws.chime.send(new ListChimeUsers({ AccountId })))).toMatchObject({
        name,
        status: 400,
      });
    },
  );

  test('may have any status, and come after the operation took effect', async () => {
    aws.local.faults.add({
      operation: 'CreateUser',
      times: 1,
      effect: { type: 'exception', name: 'InternalServerError', status: 503, when: 'after' },
    });
    expect(await refusal(createUser('barbara'))).toMatchObject({ name: 'InternalServerError', status: 503 });
    expect(await userCount()).toBe(4);
  });

  test('comes before the operation by default', async () => {
    aws.local.faults.add({
      operation: 'CreateUser',
      effect: { type: 'exception', name: 'InternalServerError' },
    });
    await refusal(createUser('barbara'));
    expect(await userCount()).toBe(3);
  });
});

test('throttling has the exception of each service', async () => {
  aws.local.faults.add({ effect: { type: 'throttle', retryAfterSeconds: 7 } });
  expect(await refusal(listUsers())).toMatchObject({
    name: 'ThrottlingException',
    message: 'Service Unavailable',
    status: 500,
  });
  expect(
    await refusal(aws.identityStore.send(new ListIdentityStoreUsers({ IdentityStoreId }))),
  ).toMatchObject({
    name: 'ThrottlingException',
    status: 400,
    RetryAfterSeconds: 7,
  });
  expect(await refusal(aws.chime.send(new ListChimeUsers({ AccountId })))).toMatchObject({
    name: 'ThrottledClientException',
    status: 429,
    Code: 'Throttled',
  });
  const { headers } = await sendTarget(aws.local.url, 'RekognitionService.ListUsers', { CollectionId });
  expect(headers.get('retry-after')).toBe('7');
});

test('latency adds up and combines with another effect', async () => {
  aws.local.faults.add({ times: 1, effect: { type: 'latency', milliseconds: 60 } });
  aws.local.faults.add({ times: 1, effect: { type: 'latency', milliseconds: 60 } });
  aws.local.faults.add({ times: 1, effect: { type: 'throttle' } });
  const start = performance.now();
  expect(await refusal(listUsers())).toMatchObject({ name: 'ThrottlingException' });
  expect(performance.now() - start).toBeGreaterThanOrEqual(119);
  expect(await userCount()).toBe(3);
});

const dropped = async () => {
  const error = await createUser('barbara').catch((reason: unknown) => reason as NodeJS.ErrnoException);
  expect(error).toMatchObject({ code: 'ECONNRESET' });
};

describe('a dropped connection', () => {
  test('before the write leaves nothing behind', async () => {
    aws.local.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'drop', when: 'before' } });
    await dropped();
    expect(await userCount()).toBe(3);
  });

  test('after the write leaves the user', async () => {
    aws.local.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'drop', when: 'after' } });
    await dropped();
    expect(await userCount()).toBe(4);
  });

  test('may be followed by the write later', async () => {
    aws.local.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'late', milliseconds: 300 } });
    const since = performance.now();
    await dropped();
    expect(await userCount()).toBe(3);
    await expect.poll(userCount).toBe(4);
    expect(performance.now() - since).toBeGreaterThanOrEqual(299);
  });

  test('after the write is survived by a retry with a token, which the SDK adds, and no other', async () => {
    const settings = {
      endpoint: aws.local.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    };
    aws.local.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'drop', when: 'after' } });
    const answer = await new RekognitionClient(settings).send(
      new CreateUserCommand({ CollectionId, UserId: 'eve' }),
    );
    expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 });
    aws.local.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'drop', when: 'after' } });
    expect(
      await refusal(
        new ChimeClient(settings).send(new CreateChimeUser({ AccountId, Email: 'eve@example.com' })),
      ),
    ).toMatchObject({ name: 'ConflictException' });
  });
});

test('a response can be anything, such as a proxy’s page with no request id', async () => {
  const body = '<html>Bad gateway</html>';
  aws.local.faults.add({
    times: 1,
    effect: { type: 'response', status: 502, body, contentType: 'text/html' },
  });
  aws.local.faults.add({ times: 1, effect: { type: 'response', status: 500, body: '', requestId: true } });
  const first = await sendTarget(aws.local.url, 'RekognitionService.ListUsers', { CollectionId });
  expect([first.status, first.text, first.headers.get('content-type')]).toEqual([502, body, 'text/html']);
  expect(first.headers.get('x-amzn-requestid')).toBeNull();
  const second = await sendTarget(aws.local.url, 'RekognitionService.ListUsers', { CollectionId });
  expect([second.status, second.text]).toEqual([500, '']);
  expect(second.headers.get('x-amzn-requestid')).not.toBeNull();
});

const strikes = async (seed: number) => {
  aws.local.faults.clear();
  aws.local.faults.add({ probability: 0.5, seed, effect: { type: 'throttle' } });
  const outcomes: boolean[] = [];
  for (let count = 0; count < 20; count++)
    outcomes.push(
      await listUsers().then(
        () => false,
        () => true,
      ),
    );
  return outcomes;
};

describe('faults', () => {
  test('strike the service and the operation they name, as often as they say', async () => {
    aws.local.faults.add({
      service: 'rekognition',
      operation: 'CreateUser',
      times: 2,
      effect: { type: 'throttle' },
    });
    await listUsers();
    await aws.chime.send(new ListChimeUsers({ AccountId }));
    await refusal(createUser('barbara'));
    expect(aws.local.faults.list()).toEqual([
      expect.objectContaining({ service: 'rekognition', operation: 'CreateUser', times: 1 }),
    ]);
    await refusal(createUser('barbara'));
    expect(aws.local.faults.list()).toEqual([]);
    await createUser('barbara');
  });

  test('strike at random the same way for the same seed', async () => {
    const first = await strikes(1);
    expect(new Set(first)).toEqual(new Set([true, false]));
    expect(await strikes(1)).toEqual(first);
    expect(await strikes(2)).not.toEqual(first);
  });

  test('with a probability of 0 never strike, and of 1 always', async () => {
    aws.local.faults.add({ probability: 0, effect: { type: 'throttle' } });
    await listUsers();
    aws.local.faults.add({ probability: 1, effect: { type: 'throttle' } });
    expect(await refusal(listUsers())).toMatchObject({ name: 'ThrottlingException' });
  });

  test('do not keep local AWS from stopping', async () => {
    const local = await startLocalAws();
    local.faults.add({ effect: { type: 'latency', milliseconds: 60_000 } });
    const waiting = sdkClients(local).rekognition.send(new ListUsersCommand({ CollectionId }));
    const failed = waiting.then(
      () => false,
      () => true,
    );
    while (local.requests.list().length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    const start = performance.now();
    await local.stop();
    expect(performance.now() - start).toBeLessThan(900);
    expect(await failed).toBe(true);
  });
});

const admin = (path: string, method = 'GET', body?: unknown, type = 'application/json') =>
  send(aws.local.url, `/_local-aws/${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: { 'content-type': type },
  });

describe('the admin endpoints', () => {
  test('switch faults on, list them and switch them off', async () => {
    const fault: Fault = { service: 'rekognition', effect: { type: 'throttle' } };
    const added = await admin('faults', 'POST', fault);
    expect(added.status).toBe(201);
    expect((await admin('faults')).json).toEqual({ faults: [{ id: added.json.id, ...fault }] });
    await refusal(listUsers());
    expect((await admin('faults', 'DELETE')).json).toEqual({ faults: [] });
    await listUsers();
  });

  test.each([
    ['{', 'The request body is not valid JSON'],
    [{}, 'effect: Invalid input: expected object, received undefined'],
    [[], 'fault: Invalid input: expected object, received array'],
    [{ effect: { type: 'explode' } }, /^effect\.type: Invalid/],
    [
      { effect: { type: 'throttle' }, service: 's3' },
      `service: there is no "s3", only ${services.join(', ')}`,
    ],
    [
      { effect: { type: 'throttle' }, service: 'chime', operation: 'CreateUsers' },
      /^operation: AWS has no "CreateUsers" there; local AWS has CreateAccount, [\w, ]+ of chime$/,
    ],
    [
      { effect: { type: 'throttle' }, service: 'chime', operation: 'GetUserId' },
      /^operation: AWS has no "GetUserId" there; local AWS has CreateAccount, [\w, ]+ of chime$/,
    ],
    [
      { effect: { type: 'throttle' }, operation: 'createUser' },
      new RegExp(
        `^operation: AWS has no "createUser" there; local AWS has ${services.map(id => `[\\w, ]+ of ${id}`).join('; ')}$`,
      ),
    ],
    [{ effect: { type: 'throttle' }, operation: '' }, /^operation: AWS has no "" there; /],
    [
      { effect: { type: 'throttle' }, operation: 'constructor' },
      /^operation: AWS has no "constructor" there; /,
    ],
    [{ effect: { type: 'throttle' }, times: 0 }, /^times: Too small/],
    [{ effect: { type: 'throttle' }, probability: 2 }, /^probability: Too big/],
    [{ effect: { type: 'throttle' }, oops: 1 }, 'fault: Unrecognized key: "oops"'],
    [{ effect: { type: 'drop', when: 'never' } }, /^effect\.when: Invalid option/],
    [
      { effect: { type: 'exception', name: 'a\nb' } },
      'effect.name: must be 1 to 200 printable ASCII characters',
    ],
    [{ effect: { type: 'latency', milliseconds: -1 } }, /^effect\.milliseconds: Too small/],
    [{ effect: { type: 'response', status: 99, body: '' } }, /^effect\.status: Too small/],
  ])('refuse the fault %j', async (fault, message) => {
    const answer = await admin('faults', 'POST', fault);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
    expect(aws.local.faults.list()).toEqual([]);
  });

  test('refuse faults from a test in the same words', () => {
    const add = () => aws.local.faults.add({ service: 'sqs', effect: { type: 'throttle' } });
    expect(add).toThrow(InvalidFaultError);
    expect(add).toThrow(`service: there is no "sqs", only ${services.join(', ')}`);
    expect(aws.local.faults.list()).toEqual([]);
  });

  test('take faults for any operation of AWS, also one that local AWS does not have', async () => {
    for (const service of [undefined, 'chime']) {
      const fault = { ...(service && { service }), operation: 'ListBots', times: 1 };
      expect((await admin('faults', 'POST', { ...fault, effect: { type: 'throttle' } })).status).toBe(201);
      const path = `/accounts/${AccountId}/bots`;
      expect((await send(aws.local.url, path)).status).toBe(429);
      expect((await send(aws.local.url, path)).status).toBe(404);
    }
  });

  test('refuse a fault that would overflow the stack', async () => {
    const answer = await admin('faults', 'POST', '['.repeat(100_000));
    expect([answer.status, answer.json.message]).toEqual([
      400,
      'The request body is nested deeper than 100 levels',
    ]);
  });

  test('show the requests that came, with what became of them', async () => {
    await listUsers();
    await refusal(createUser('ada'));
    aws.local.faults.add({ times: 1, effect: { type: 'drop', when: 'before' } });
    await createUser('eve').catch(() => undefined);
    await sendTarget(aws.local.url, 'Nothing.AtAll', {});
    const { requests } = (await admin('requests')).json as { requests: object[] };
    const common = { requestId: expect.any(String), at: expect.stringMatching(/^\d{4}-.*Z$/) };
    expect(requests).toEqual([
      { service: 'rekognition', operation: 'ListUsers', status: 200, ...common },
      { service: 'rekognition', operation: 'CreateUser', status: 400, ...common },
      { service: 'rekognition', operation: 'CreateUser', status: null, ...common },
      { service: 'unknown', operation: 'unknown', status: 400, ...common },
    ]);
    expect(aws.local.requests.list()).toEqual(requests);
    await admin('requests', 'DELETE');
    expect(aws.local.requests.list()).toEqual([]);
  });

  test('keep the latest thousand requests', async () => {
    for (let count = 0; count < 2100; count++) await sendTarget(aws.local.url, 'Nothing.AtAll', '');
    await listUsers();
    const requests = aws.local.requests.list();
    expect(requests.length).toBe(1000);
    expect(requests.at(-1)?.operation).toBe('ListUsers');
  });

  test('reset everything', async () => {
    await createUser('barbara');
    aws.local.faults.add({ effect: { type: 'throttle' } });
    expect((await admin('reset', 'POST')).json).toEqual({ status: 'ok' });
    expect(aws.local.requests.list()).toEqual([]);
    expect(await userCount()).toBe(3);
  });

  test('cannot be used by a web page of another site', async () => {
    for (const type of ['text/plain', '', 'application/x-www-form-urlencoded']) {
      const answer = await admin('reset', 'POST', '{}', type);
      expect([answer.status, answer.json.message]).toEqual([
        415,
        'Send it with content-type: application/json',
      ]);
    }
    const preflight = await admin('faults', 'OPTIONS');
    expect(preflight.status).toBe(405);
    expect(preflight.headers.has('access-control-allow-origin')).toBe(false);
  });

  test('say what they have', async () => {
    expect((await admin('health')).json).toEqual({ status: 'ok' });
    const wrong = await admin('faults', 'PUT', '{}');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
    expect((await admin('nothing')).json).toEqual({
      message: 'There is only health, clock, faults, quotas, requests, reset, worlds under /_local-aws/',
    });
    expect((await admin('constructor')).status).toBe(404);
  });
});
