import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Fault, World } from '../../examples/testing/world.ts';
import { type Answer, ofOnlyItem, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { type Change, changes, documentOf, outcomeOfRepeat } from '../support/mutations.ts';

const UNKNOWN = 'The outcome is unknown: the change may or may not have been made.';

let gateway: TestGateway;
/** One that does not wait long, for what never answers: it would be too hasty for all others on a slow machine. */
let impatient: TestGateway;
beforeAll(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  gateway = await startTestGateway({ AWS_TIMEOUT_MS: '10000', SETTLE_TIMEOUT_MS: '0' });
  impatient = await startTestGateway({ AWS_TIMEOUT_MS: '1500', SETTLE_TIMEOUT_MS: '0' });
});
afterAll(async () => {
  await gateway.stop();
  await impatient.stop();
});

/** What is said of a change that failed on its way. */
function expectedOf({ effect }: Change) {
  const isIdempotent = effect === 'idempotentChange';
  return {
    isIdempotent,
    unknown: `${UNKNOWN} ${isIdempotent ? 'Repeating it is safe.' : 'Look before you repeat it.'}`,
    failure: {
      __typename: 'ProviderFailureError',
      code: 'PROVIDER_FAILURE',
      providerCode: null,
      requestId: null,
      // Otherwise AWS would not recognise the repeat: the examples have no idempotencyKey.
      retryable: isIdempotent,
    },
  };
}

// In a world of its own each, so that they wait side by side.
test.concurrent.each(changes)('$operation in $field says so when no answer comes in time', async change => {
  const { mutation, service, operation, serviceName } = change;
  const { unknown, failure } = expectedOf(change);
  const world = await World.create({ gateway: impatient.url, localAws: impatient.localAws.url });
  const effect = { type: 'latency', milliseconds: 60_000 } as const;
  await world.fault({ service: service as NonNullable<Fault['service']>, operation, times: 1, effect });
  const answer = await world.query(documentOf(mutation), { input: mutation.input });
  expect(ofOnlyItem(answer as Answer)).toEqual({
    data: { result: { ...failure, message: `${serviceName} did not answer in time. ${unknown}` } },
  });
});

describe.each(changes)('$operation in $field', change => {
  const { mutation, service, operation, serviceName: name } = change;
  const { typeName, input } = mutation;
  const { isIdempotent, unknown, failure } = expectedOf(change);
  // AWS tells a second create by what is unique, and a second delete by what is gone; other changes are made once more.
  const called = mutation.aws.find(each => each.name === operation);
  const conflicts = called?.meanings.includes('conflict') && outcomeOfRepeat(mutation) === 'ConflictError';
  const refusesRepeat = !isIdempotent && (conflicts || mutation.field.startsWith('delete'));

  async function strike(effect: object) {
    gateway.localAws.reset();
    gateway.localAws.faults.add({ service, operation, times: 1, effect } as never);
    const before = gateway.log.length;
    const { data, errors } = await gateway.query(documentOf(mutation), { input });
    expect(errors).toBeUndefined();
    const failed = gateway.log.slice(before).filter(({ level }) => level === 40);
    expect(failed.map(({ cause }) => (cause as { host: string }).host)).toEqual(['127.0.0.1']);
    return data.result;
  }

  test.each(['before', 'after'])('says so when the connection breaks %s the change', async when => {
    expect(await strike({ type: 'drop', when })).toEqual({
      ...failure,
      message: `${name} broke the connection before its answer was complete. ${unknown}`,
    });
    const { data } = await gateway.query(documentOf(mutation), { input });
    expect(data.result.__typename === `${typeName}Success`).toBe(when === 'before' || !refusesRepeat);
  });

  test.each([
    ['an HTML page', 200, '<html>Welcome to the hotel network</html>', 'text/html'],
    ['an answer in JSON without an id of AWS', 200, '{}', 'application/x-amz-json-1.1'],
    ['nothing', 200, '', undefined],
    ['nothing that says so', 204, '', undefined],
    ['a part of an answer', 200, '{', 'application/json'],
  ])('says so when %s comes instead of an answer', async (_what, status, body, contentType) => {
    expect(await strike({ type: 'response', status, body, contentType })).toEqual({
      ...failure,
      message: `${name} gave an answer that is not in AWS's protocol. ${unknown}`,
    });
  });

  test.each([
    [400, '{"__type":"ConflictException","message":"There is one."}'],
    [400, '{"__type":"ResourceNotFoundException"}'],
    [403, '{"__type":"AccessDeniedException"}'],
    [403, '{"message":"Forbidden"}'],
    [404, ''],
    [408, '{"error":"timeout"}'],
    [429, '{"__type":"ThrottlingException"}'],
    [499, ''],
  ])('does not take an answer with %i and %s for a refusal if it has no id of AWS', async (status, body) => {
    const answer = await strike({ type: 'response', status, body, contentType: 'application/json' });
    expect(answer).toMatchObject({
      ...failure,
      message: `${name} gave an answer that is not in AWS's protocol. ${unknown}`,
      retryable: expect.any(Boolean),
    });
  });

  test.each([
    [403, '{"message":"Forbidden"}'],
    [404, ''],
  ])('does not take an answer with %i of AWS that names no exception for a refusal', async (status, body) => {
    const effect = { type: 'response', status, body, contentType: 'application/json', requestId: true };
    expect(await strike(effect as never)).toMatchObject({
      ...failure,
      message: `${name} failed to perform the operation. ${unknown}`,
      requestId: expect.any(String),
      retryable: expect.any(Boolean),
    });
  });

  test('says so when an HTML page comes as an error', async () => {
    const html = {
      type: 'response',
      status: 502,
      body: '<html>Bad gateway</html>',
      contentType: 'text/html',
    };
    expect(await strike(html)).toEqual({
      ...failure,
      message: `${name} gave an answer that is not in AWS's protocol. ${unknown}`,
    });
  });

  test.each([
    ['', "gave an answer that is not in AWS's protocol", false],
    [' of AWS', 'failed to perform the operation', true],
  ])('says so when an error%s comes with nothing in it', async (_whose, words, requestId) => {
    expect(await strike({ type: 'response', status: 500, body: '', requestId })).toEqual({
      ...failure,
      requestId: requestId ? expect.any(String) : null,
      message: `${name} ${words}. ${unknown}`,
    });
  });
});

test('What is not AWS cannot say that there is nothing', async () => {
  const body = '{"__type":"ResourceNotFoundException"}';
  gateway.localAws.faults.add({ operation: 'DescribeUser', effect: { type: 'response', status: 400, body } });
  const { data, errors } = await gateway.query(
    '{ identityStoreUser(by: { userId: "00000000-0000-0000-0000-000000000000" }) { userName } }',
  );
  expect(data).toEqual({ identityStoreUser: null });
  expect(errors).toMatchObject([
    {
      message: "The Identity Store gave an answer that is not in AWS's protocol.",
      extensions: { code: 'PROVIDER_FAILURE' },
    },
  ]);
});

describe('When nothing listens at the address of AWS', () => {
  beforeAll(() => gateway.localAws.stop());

  test.each(changes)('$field says that nothing was changed', async ({ mutation, serviceName }) => {
    const { data, errors } = await gateway.query(documentOf(mutation), { input: mutation.input });
    expect(errors).toBeUndefined();
    // What has to read something first, has not come to its change.
    const unchanged = mutation.aws[0]?.effect === 'read' ? '' : ' Nothing was changed.';
    expect(data.result).toEqual({
      __typename: 'ProviderFailureError',
      message: `${serviceName} could not be reached.${unchanged}`,
      code: 'PROVIDER_FAILURE',
      providerCode: null,
      requestId: null,
      retryable: true,
    });
  });
});

describe('The log', () => {
  const create = changes.find(({ field }) => field === 'createIdentityStoreUser') as (typeof changes)[number];

  test('tells once of each failed call what failed, with the id of the request and none of its data', async () => {
    const before = gateway.log.length;
    const { mutation } = create;
    await gateway.query(documentOf(mutation), { input: mutation.input });
    const lines = gateway.log.slice(before);
    expect(lines).toMatchObject([{ level: 40 }, { level: 30, type: 'mutation' }]);
    const address = gateway.localAws.url.replace('http://', '');
    expect(lines[0]).toEqual({
      level: 40,
      time: expect.any(Number),
      requestId: lines[1]?.['requestId'],
      provider: 'identity-store',
      operation: 'CreateUser',
      failure: 'unreachable',
      cause: {
        name: 'Error',
        code: 'ECONNREFUSED',
        host: '127.0.0.1',
        message: `connect ECONNREFUSED ${address}`,
      },
      msg: 'A call to AWS failed.',
    });
  });

  test('tells once of a call that several fields wait for', async () => {
    const before = gateway.log.length;
    const field = 'chimeAccount(accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890") { name }';
    await gateway.query(`{ a: ${field} b: ${field} }`);
    const lines = gateway.log.slice(before);
    expect(lines).toMatchObject([
      { level: 40, operation: 'GetAccount' },
      { level: 30, errorCodes: ['PROVIDER_FAILURE', 'PROVIDER_FAILURE'] },
    ]);
  });
});
