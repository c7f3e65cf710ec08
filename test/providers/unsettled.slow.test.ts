/** What is said after an attempt whose answer was lost: it may have made the change. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { type Change, changes, documentOf } from '../support/mutations.ts';

const common = ['UnrecognizedClientException', 'ExpiredTokenException', 'TeapotException'];

const withEffect = (effect: Change['effect']) => changes.filter(change => change.effect === effect);

/** Those of which AWS recognises a repeat, so that the client repeats them after a lost answer. */
const repeated = withEffect('repeatableChange');

/** Those of which a repeat leads to the same. */
const idempotent = withEffect('idempotentChange');

const once = withEffect('change');

/** The SDK has a budget for repeats: trying all exceptions would use it up. */
function oneOfEachMeaning({ mutation, operation }: Change): string[] {
  const exceptions = Object.entries(
    mutation.aws.find(({ name }) => name === operation)?.service.exceptions ?? {},
  );
  const byMeaning = new Map(exceptions.map(([name, meaning]) => [meaning, name]));
  expect(byMeaning.size).toBeGreaterThan(5);
  return [...byMeaning.values()];
}

let gateway: TestGateway;
beforeAll(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '2');
  // What is said when it is not found out; settling.slow.test.ts has how it is.
  gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0', IDEMPOTENCY_HOURS: '0' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

function strike({ service, operation }: Change, effect: object) {
  gateway.localAws.faults.add({ service, operation, times: 1, effect } as never);
}

async function run({ mutation }: Change, further: object = {}) {
  const input = { ...mutation.input, ...further };
  const { data, errors } = await gateway.query(documentOf(mutation), { input });
  expect(errors).toBeUndefined();
  return data.result;
}

const UNKNOWN = 'The outcome is unknown: the change may or may not have been made.';

test('There are changes that AWS recognises and changes that it does not', () => {
  expect(repeated.length).toBeGreaterThan(0);
  expect(once.length).toBeGreaterThan(0);
});

describe.each(repeated)('$operation in $field, repeated after a lost answer,', change => {
  // The budget for repeats is the client's: another has all of it.
  beforeAll(async () => {
    await gateway.stop();
    gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0', IDEMPOTENCY_HOURS: '0' });
  });

  const exceptions = [...oneOfEachMeaning(change), ...common];

  test.each(exceptions)(
    'does not claim that nothing happened when %s answers the repeat',
    async exception => {
      strike(change, { type: 'drop', when: 'after' });
      strike(change, { type: 'exception', name: exception });
      const result = await run(change);
      const [, second] = gateway.localAws.requests.list();
      expect(result).toEqual({
        __typename: 'ProviderFailureError',
        message: expect.stringContaining(`. ${UNKNOWN} Look before you repeat it.`),
        code: 'PROVIDER_FAILURE',
        providerCode: exception,
        requestId: second?.requestId,
        retryable: false,
      });
      expect(gateway.localAws.requests.list()).toHaveLength(2);
    },
  );

  test.each([
    ['ThrottlingException', true],
    ['AccessDeniedException', false],
  ])(
    'may be repeated with its idempotencyKey after %s, if that can help: %s',
    async (exception, retryable) => {
      strike(change, { type: 'drop', when: 'after' });
      strike(change, { type: 'exception', name: exception });
      expect(await run(change, { idempotencyKey: 'once-and-for-all' })).toEqual({
        __typename: 'ProviderFailureError',
        message: `${change.serviceName} gave no certain answer to a first attempt, and refused to repeat it. ${UNKNOWN} Repeating it with the same idempotencyKey is safe.`,
        code: 'PROVIDER_FAILURE',
        providerCode: exception,
        requestId: gateway.localAws.requests.list()[1]?.requestId,
        retryable,
      });
    },
  );

  test('may be repeated with its idempotencyKey when the answer to the repeat is lost, too', async () => {
    strike(change, { type: 'drop', when: 'before' });
    strike(change, { type: 'drop', when: 'after' });
    expect(await run(change, { idempotencyKey: 'once-and-for-all' })).toMatchObject({
      __typename: 'ProviderFailureError',
      message: expect.stringContaining('Repeating it with the same idempotencyKey is safe.'),
      retryable: true,
    });
    expect(await run(change, { idempotencyKey: 'once-and-for-all' })).toEqual({
      __typename: `${change.mutation.typeName}Success`,
    });
  });

  test('is a success when the repeat is', async () => {
    strike(change, { type: 'drop', when: 'after' });
    expect(await run(change)).toEqual({ __typename: `${change.mutation.typeName}Success` });
  });
});

describe.each(idempotent)('$operation in $field', change => {
  beforeAll(async () => {
    await gateway.stop();
    gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0', IDEMPOTENCY_HOURS: '0' });
  });

  test('is repeated after a lost answer, and a success when the repeat is', async () => {
    strike(change, { type: 'drop', when: 'after' });
    expect(await run(change)).toEqual({ __typename: `${change.mutation.typeName}Success` });
    const sent = gateway.calls().filter(name => name === change.operation);
    expect(sent).toEqual([change.operation, change.operation]);
  });

  test('may be repeated when the answer to the repeat is lost, too', async () => {
    strike(change, { type: 'drop', when: 'before' });
    strike(change, { type: 'drop', when: 'after' });
    expect(await run(change)).toMatchObject({
      __typename: 'ProviderFailureError',
      message: expect.stringContaining(`${UNKNOWN} Repeating it is safe.`),
      retryable: true,
    });
  });
});

describe.each(once)('$operation in $field', change => {
  test('is not repeated after a lost answer, nor by anyone who believes `retryable`', async () => {
    strike(change, { type: 'drop', when: 'after' });
    expect(await run(change, { idempotencyKey: 'of-no-use-here' })).toMatchObject({
      __typename: 'ProviderFailureError',
      message: expect.stringContaining(`${UNKNOWN} Look before you repeat it.`),
      retryable: false,
    });
    const sent = gateway.localAws.requests.list().filter(({ operation }) => operation === change.operation);
    expect(sent).toHaveLength(1);
  });
});
