import { describe, expect, test } from 'vitest';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { runMutation } from '../../support/mutations.ts';

const create = 'createRekognitionUser';
const remove = 'deleteRekognitionUser';

const gateway = useGateway({ SETTLE_TIMEOUT_MS: '0' });

const runCreate = (input: object) =>
  runMutation(gateway, create, input, 'user { id collectionId userId userStatus }');
const runDelete = (input: object) => runMutation(gateway, remove, input, 'deletedUserId collectionId userId');

const invalid = (...issues: { path: string[]; message: string }[]) => ({
  __typename: 'InvalidInputError',
  message: issues.map(({ message }) => message).join(' '),
  code: 'INVALID_INPUT',
  providerCode: null,
  requestId: null,
  retryable: false,
  issues,
});

describe('createRekognitionUser', () => {
  test('creates a user with one call to AWS and returns all of it', async () => {
    expect(await runCreate({ collectionId: 'employees', userId: 'margaret' })).toEqual({
      __typename: 'CreateRekognitionUserSuccess',
      user: {
        id: globalId('RekognitionUser', 'employees', 'margaret'),
        collectionId: 'employees',
        userId: 'margaret',
        userStatus: 'CREATED',
      },
    });
    expect(gateway.calls()).toEqual(['CreateUser']);
  });

  test('refuses a second user of the same id in the collection', async () => {
    const result = await runCreate({ collectionId: 'employees', userId: 'ada' });
    const [request] = gateway.localAws.requests.list();
    expect(result).toEqual({
      __typename: 'ConflictError',
      message: 'The collection "employees" already has a user "ada".',
      code: 'CONFLICT',
      providerCode: 'ConflictException',
      requestId: request?.requestId,
      retryable: false,
      reason: 'ALREADY_EXISTS',
    });
  });

  test('refuses a collection that does not exist', async () => {
    expect(await runCreate({ collectionId: 'visitors', userId: 'ada' })).toMatchObject({
      __typename: 'NotFoundError',
      message: 'There is no collection "visitors".',
      providerCode: 'ResourceNotFoundException',
      resourceType: 'COLLECTION',
      resourceId: 'visitors',
    });
  });

  test('succeeds again when it is repeated with the same idempotencyKey', async () => {
    const input = { collectionId: 'employees', userId: 'margaret', idempotencyKey: 'Key_1-a' };
    const first = await runCreate(input);
    expect(first.__typename).toBe('CreateRekognitionUserSuccess');
    expect(await runCreate(input)).toEqual(first);
  });

  test('refuses an idempotencyKey that was used for another input', async () => {
    await runCreate({ collectionId: 'employees', userId: 'margaret', idempotencyKey: 'key' });
    expect(
      await runCreate({ collectionId: 'employees', userId: 'hedy', idempotencyKey: 'key' }),
    ).toMatchObject({
      __typename: 'IdempotencyMismatchError',
      message:
        'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
      code: 'IDEMPOTENCY_MISMATCH',
      providerCode: null,
    });
  });

  test('succeeds although the answer to its first attempt was lost, because AWS recognises the repeat', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      times: 1,
      effect: { type: 'drop', when: 'after' },
    });
    const result = await runCreate({ collectionId: 'employees', userId: 'margaret' });
    expect(result.__typename).toBe('CreateRekognitionUserSuccess');
    expect(gateway.calls()).toEqual(['CreateUser', 'CreateUser']);
  });

  test('takes the longest ids and keys that AWS takes', async () => {
    const input = { collectionId: 'employees', userId: 'a'.repeat(128), idempotencyKey: 'k'.repeat(64) };
    expect((await runCreate(input)).__typename).toBe('CreateRekognitionUserSuccess');
    const unknown = await runCreate({ collectionId: 'c'.repeat(255), userId: 'a' });
    expect(unknown.__typename).toBe('NotFoundError');
  });

  test('names everything that is wrong at once, before it calls AWS', async () => {
    const input = { collectionId: 'c'.repeat(256), userId: 'a b', idempotencyKey: 'naïve!' };
    expect(await runCreate(input)).toEqual(
      invalid(
        { path: ['collectionId'], message: 'collectionId must be at most 255 characters long.' },
        { path: ['userId'], message: 'userId may contain only letters, digits, "_", ".", "-" and ":".' },
        {
          path: ['idempotencyKey'],
          message: 'idempotencyKey may contain only letters, digits, "-" and "_".',
        },
      ),
    );
    expect(gateway.calls()).toEqual([]);
  });

  test.each([
    [{ userId: '' }, ['userId must not be empty.']],
    [{ userId: 'a'.repeat(129) }, ['userId must be at most 128 characters long.']],
    [{ userId: 'ada\n' }, ['userId may contain only letters, digits, "_", ".", "-" and ":".']],
    [{ collectionId: 'a:b' }, ['collectionId may contain only letters, digits, "_", "." and "-".']],
    [{ idempotencyKey: 'k'.repeat(65) }, ['idempotencyKey must be at most 64 characters long.']],
    [{ idempotencyKey: '' }, ['idempotencyKey must not be empty.']],
  ])('refuses %j', async (wrong, messages) => {
    const result = await runCreate({ collectionId: 'employees', userId: 'margaret', ...wrong });
    const [path] = Object.keys(wrong) as [string];
    expect(result).toEqual(invalid(...messages.map(message => ({ path: [path], message }))));
    expect(gateway.calls()).toEqual([]);
  });
});

describe('deleteRekognitionUser', () => {
  test('deletes a user with one call to AWS and tells what is gone', async () => {
    expect(await runDelete({ collectionId: 'employees', userId: 'ada' })).toEqual({
      __typename: 'DeleteRekognitionUserSuccess',
      deletedUserId: globalId('RekognitionUser', 'employees', 'ada'),
      collectionId: 'employees',
      userId: 'ada',
    });
    expect(gateway.calls()).toEqual(['DeleteUser']);
    const { data } = await gateway.query(
      '{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }',
    );
    expect(data).toEqual({ rekognitionUser: null });
  });

  test.each([
    ['user', { collectionId: 'employees', userId: 'nobody' }],
    ['collection', { collectionId: 'visitors', userId: 'ada' }],
  ])('refuses a %s that does not exist', async (_, input) => {
    expect(await runDelete(input)).toMatchObject({
      __typename: 'NotFoundError',
      message: `There is no user "${input.userId}" in a collection "${input.collectionId}".`,
      providerCode: 'ResourceNotFoundException',
      resourceType: 'USER',
      resourceId: input.userId,
    });
  });

  test('succeeds again when it is repeated with the same idempotencyKey', async () => {
    const input = { collectionId: 'employees', userId: 'ada', idempotencyKey: 'key' };
    const first = await runDelete(input);
    expect(first.__typename).toBe('DeleteRekognitionUserSuccess');
    expect(await runDelete(input)).toEqual(first);
  });

  test('names everything that is wrong at once, before it calls AWS', async () => {
    expect(await runDelete({ collectionId: 'a b', userId: 'c d' })).toEqual(
      invalid(
        {
          path: ['collectionId'],
          message: 'collectionId may contain only letters, digits, "_", "." and "-".',
        },
        { path: ['userId'], message: 'userId may contain only letters, digits, "_", ".", "-" and ":".' },
      ),
    );
    expect(gateway.calls()).toEqual([]);
  });
});

describe('rekognitionUser', () => {
  test('finds several users of a collection, and says null for the one that is not there, with one call to AWS', async () => {
    const { data, errors } = await gateway.query(`{
      ada: rekognitionUser(collectionId: "employees", userId: "ada") { id userId userStatus }
      again: rekognitionUser(collectionId: "employees", userId: "ada") { userId }
      grace: rekognitionUser(collectionId: "employees", userId: "grace") { userId }
      nobody: rekognitionUser(collectionId: "employees", userId: "nobody") { userId }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      ada: { id: globalId('RekognitionUser', 'employees', 'ada'), userId: 'ada', userStatus: 'CREATED' },
      again: { userId: 'ada' },
      grace: { userId: 'grace' },
      nobody: null,
    });
    expect(gateway.calls()).toEqual(['ListUsers']);
  });

  test('says null for a collection that does not exist', async () => {
    const { data, errors } = await gateway.query(
      '{ rekognitionUser(collectionId: "visitors", userId: "ada") { userId } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ rekognitionUser: null });
  });

  test('refuses ids that AWS would refuse, without a call', async () => {
    const { data, errors } = await gateway.query(
      '{ rekognitionUser(collectionId: "a b", userId: "") { userId } }',
    );
    expect(data).toEqual({ rekognitionUser: null });
    expect(errors).toMatchObject([{ path: ['rekognitionUser'], extensions: { code: 'INVALID_INPUT' } }]);
    expect(errors?.[0]?.extensions['issues']).toHaveLength(2);
    expect(gateway.calls()).toEqual([]);
  });

  test("gives AWS's refusal as a GraphQL error with the same facts", async () => {
    gateway.localAws.faults.add({ effect: { type: 'exception', name: 'AccessDeniedException' } });
    const { data, errors } = await gateway.query(
      '{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }',
    );
    const [request] = gateway.localAws.requests.list();
    expect(data).toEqual({ rekognitionUser: null });
    expect(errors).toEqual([
      {
        message: 'Amazon Rekognition does not let the credentials of this gateway perform the operation.',
        path: ['rekognitionUser'],
        locations: expect.anything(),
        extensions: {
          code: 'ACCESS_DENIED',
          providerCode: 'AccessDeniedException',
          requestId: request?.requestId,
          retryable: false,
          scope: null,
        },
      },
    ]);
  });
});
