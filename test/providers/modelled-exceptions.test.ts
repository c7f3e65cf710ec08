import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { modelledExceptions } from '../support/modelled-exceptions.ts';
import { documentOf, type Mutation, mutations } from '../support/mutations.ts';

/** What each AWS exception has to become, written down apart from the code under test. */
const meanings: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  rekognition: {
    InvalidInputError: [
      'InvalidParameterException',
      'InvalidPaginationTokenException',
      'InvalidImageFormatException',
      'ImageTooLargeException',
      'InvalidS3ObjectException',
    ],
    NotFoundError: ['ResourceNotFoundException'],
    ConflictError: ['ConflictException', 'ResourceAlreadyExistsException'],
    QuotaExceededError: ['ServiceQuotaExceededException'],
    IdempotencyMismatchError: ['IdempotentParameterMismatchException'],
    AccessDeniedError: ['AccessDeniedException'],
    ThrottledError: ['ThrottlingException', 'ProvisionedThroughputExceededException'],
    ProviderFailureError: ['InternalServerError'],
  },
  identitystore: {
    InvalidInputError: ['ValidationException'],
    NotFoundError: ['ResourceNotFoundException'],
    ConflictError: ['ConflictException'],
    QuotaExceededError: ['ServiceQuotaExceededException'],
    AccessDeniedError: ['AccessDeniedException'],
    ThrottledError: ['ThrottlingException'],
    ProviderFailureError: ['InternalServerException'],
  },
  chime: {
    InvalidInputError: ['BadRequestException', 'UnprocessableEntityException'],
    NotFoundError: ['NotFoundException'],
    ConflictError: ['ConflictException'],
    AccessDeniedError: ['UnauthorizedClientException', 'ForbiddenException', 'AccessDeniedException'],
    ThrottledError: ['ThrottledClientException'],
    ProviderFailureError: ['ServiceFailureException', 'ServiceUnavailableException'],
  },
};

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

function meaningOf(service: string, exception: string): string {
  const found = Object.entries(meanings[service] ?? {}).find(([, names]) => names.includes(exception));
  if (!found) throw new Error(`The design says nothing of ${exception} in ${service}.`);
  return found[0];
}

const exceptionsOf = ({ client, operation }: Mutation) => modelledExceptions(client, operation);

let gateway: TestGateway;
beforeAll(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const awsOperations = [...new Set(operations().flatMap(({ aws }) => aws))];

test.each(awsOperations.map(({ name, service }) => ({ name, model: service.model })))(
  'The model of $model.service lists the exceptions of $name that the SDK lists',
  ({ name, model }) => {
    const listed = modelledExceptions(`client-${model.service}`, name);
    expect(listed.length).toBeGreaterThan(4);
    expect(model.operations[name]?.errors.toSorted()).toEqual(listed.toSorted());
  },
);

describe.each(mutations)('$field', mutation => {
  const { typeName, service, operation, input } = mutation;

  test('returns its success and exactly the errors that its operation and the gateway can produce', async () => {
    const { data } = await gateway.query(`{ __type(name: "${typeName}Result") { possibleTypes { name } } }`);
    const expected = new Set(exceptionsOf(mutation).map(exception => meaningOf(service, exception)));
    expected.add('InvalidInputError').add('ProviderFailureError');
    const names = data.__type.possibleTypes.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual([`${typeName}Success`, ...expected].toSorted());
  });

  test.each(exceptionsOf(mutation))('turns %s into its typed error', async exception => {
    gateway.localAws.faults.add({ service, operation, effect: { type: 'exception', name: exception } });
    const { data, errors } = await gateway.query(documentOf(mutation), { input });
    const [request] = gateway.localAws.requests.list();
    const type = meaningOf(service, exception);
    expect(errors).toBeUndefined();
    expect(data.result).toMatchObject({
      __typename: type,
      code: codes[type],
      providerCode: exception,
      requestId: request?.requestId,
      retryable:
        type === 'ThrottledError' ||
        type === 'ProviderFailureError' ||
        data.result.reason === 'CONCURRENT_MODIFICATION',
      message: expect.stringMatching(/^[A-Z].{20,}\.$/),
    });
  });

  test('turns an exception of the service that its model does not list into the error of that name, if its union has it', async () => {
    const unlisted = Object.entries(meanings[service] ?? {})
      .flatMap(([type, names]) => names.map(name => ({ type, name })))
      .filter(({ name }) => !exceptionsOf(mutation).includes(name));
    const { data: introspection } = await gateway.query(
      `{ __type(name: "${typeName}Result") { possibleTypes { name } } }`,
    );
    const possibleTypes: { name: string }[] = introspection.__type.possibleTypes;
    const members = new Set(possibleTypes.map(({ name }) => name));
    for (const { type, name } of unlisted) {
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
    const [request] = gateway.localAws.requests.list();
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
