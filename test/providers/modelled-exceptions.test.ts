import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { modelledExceptions } from '../support/modelled-exceptions.ts';
import { type Change, changes, documentOf } from '../support/mutations.ts';

/** What an exception has to become, read off its name: apart from the code under test, which has tables. */
const meanings: readonly (readonly [error: string, name: RegExp])[] = [
  ['NotFoundError', /NotFound/],
  ['IdempotencyMismatchError', /Mismatch/],
  ['ConflictError', /Conflict|AlreadyExists/],
  ['ThrottledError', /Thrott|Throughput|TooManyRequests|RequestLimit/],
  ['QuotaExceededError', /Quota|LimitExceeded/],
  ['AccessDeniedError', /AccessDenied|Unauthorized|Forbidden|UnrecognizedClient|ExpiredToken/],
  ['InvalidInputError', /^Invalid|BadRequest|Validation|Unprocessable|TooLarge/],
  ['ProviderFailureError', /^Internal|^Service(?:Failure|Unavailable)/],
];

/** Any service may answer with these, though no model lists them. */
const common = ['UnrecognizedClientException', 'ExpiredTokenException', 'TooManyRequestsException'];

const codes: Readonly<Record<string, string>> = {
  InvalidInputError: 'INVALID_INPUT',
  NotFoundError: 'NOT_FOUND',
  ConflictError: 'CONFLICT',
  QuotaExceededError: 'QUOTA_EXCEEDED',
  IdempotencyMismatchError: 'IDEMPOTENCY_MISMATCH',
  AccessDeniedError: 'ACCESS_DENIED',
  ThrottledError: 'THROTTLED',
  ProviderFailureError: 'PROVIDER_FAILURE',
};

function meaningOf(exception: string): string {
  const found = meanings.find(([, name]) => name.test(exception));
  if (!found)
    throw new Error(
      `The name of ${exception} says nothing: add what says it to \`meanings\` in test/providers/modelled-exceptions.test.ts.`,
    );
  return found[0];
}

const exceptionsOf = ({ model, operation }: Change): readonly string[] =>
  model.operations[operation]?.errors ?? [];

let gateway: TestGateway;
beforeAll(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const awsOperations = [...new Set(operations().flatMap(({ aws }) => aws))];

test.each(awsOperations.map(({ name, service }) => ({ name, model: service.model })))(
  'The model of $model.service lists the exceptions of $name that the SDK lists',
  ({ name, model }) => {
    const listed = modelledExceptions(`client-${model.service}`, name);
    expect(model.operations[name]?.errors.toSorted()).toEqual(listed.toSorted());
  },
);

describe.each(changes)('$operation in $field', change => {
  const { mutation, service, operation, model } = change;
  const { typeName, input } = mutation;

  test('returns its success and exactly the errors that its operation and the gateway can produce', async () => {
    const { data } = await gateway.query(`{ __type(name: "${typeName}Result") { possibleTypes { name } } }`);
    const listed = mutation.aws.flatMap(({ name, service: of }) => of.model.operations[name]?.errors ?? []);
    const expected = new Set(listed.map(meaningOf));
    expected.add('InvalidInputError').add('ProviderFailureError');
    // Of any operation, whatever its model lists.
    expected.add('AccessDeniedError').add('ThrottledError');
    // What comes of keys.
    expected.add('ConflictError').add('IdempotencyMismatchError');
    const names = data.__type.possibleTypes.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual([`${typeName}Success`, ...expected].toSorted());
  });

  test.each(exceptionsOf(change))('turns %s into its typed error', async exception => {
    gateway.localAws.faults.add({ service, operation, effect: { type: 'exception', name: exception } });
    const { data, errors } = await gateway.query(documentOf(mutation), { input });
    const request = gateway.localAws.requests.list().findLast(each => each.operation === operation);
    const type = meaningOf(exception);
    expect(errors).toBeUndefined();
    expect(data.result).toMatchObject({
      __typename: type,
      code: codes[type],
      providerCode: exception,
      requestId: request?.requestId,
      retryable:
        type === 'ThrottledError' ||
        data.result.reason === 'CONCURRENT_MODIFICATION' ||
        // A fault may strike after the change, and AWS would not recognise the repeat of another. What failed and is none of AWS's
        // faults by its model, was refused.
        (type === 'ProviderFailureError' &&
          change.effect === 'idempotentChange' &&
          model.errors[exception]?.fault === true),
      message: expect.stringMatching(/^[A-Z].{20,}\.$/),
    });
  });

  test('turns an exception of the service that its model does not list into the error of that name, if its union has it', async () => {
    const names = [...Object.keys(model.errors), ...common];
    const unlisted = names.filter(name => !exceptionsOf(change).includes(name));
    expect(unlisted.length).toBeGreaterThan(0);
    const { data: introspection } = await gateway.query(
      `{ __type(name: "${typeName}Result") { possibleTypes { name } } }`,
    );
    const possibleTypes: { name: string }[] = introspection.__type.possibleTypes;
    const members = new Set(possibleTypes.map(({ name }) => name));
    for (const name of unlisted) {
      const type = meaningOf(name);
      gateway.localAws.reset();
      gateway.localAws.faults.add({ service, operation, effect: { type: 'exception', name } });
      const { data, errors } = await gateway.query(documentOf(mutation), { input });
      expect(errors).toBeUndefined();
      expect(data.result).toMatchObject({
        __typename: members.has(type) ? type : 'ProviderFailureError',
        providerCode: name,
      });
    }
  });

  test('turns an exception whose name nobody knows into a ProviderFailureError with that name', async () => {
    gateway.localAws.faults.add({
      service,
      operation,
      effect: { type: 'exception', name: 'TeapotException', status: 418 },
    });
    const { data, errors } = await gateway.query(documentOf(mutation), { input });
    const request = gateway.localAws.requests.list().findLast(each => each.operation === operation);
    expect(errors).toBeUndefined();
    expect(data.result).toEqual({
      __typename: 'ProviderFailureError',
      message: expect.stringMatching(/ failed to perform the operation\. Nothing was changed\.$/),
      code: 'PROVIDER_FAILURE',
      providerCode: 'TeapotException',
      requestId: request?.requestId,
      retryable: false,
    });
  });

  test('leaves no trace of an exception that struck before the change', async () => {
    gateway.localAws.faults.add({
      service,
      operation,
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    await gateway.query(documentOf(mutation), { input });
    const { data, errors } = await gateway.query(documentOf(mutation), { input });
    expect(errors).toBeUndefined();
    expect(data.result.__typename).toBe(`${typeName}Success`);
  });
});
