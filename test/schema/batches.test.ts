/** Batches, by one that only this test declares: an outcome for each item, in the order asked. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RekognitionUser as User, users } from '../../src/providers/rekognition/user/adapter.ts';
import { CreateUser } from '../../src/providers/rekognition/user/operations.ts';
import { RekognitionUser } from '../../src/providers/rekognition/user/type.ts';
import { mutation } from '../../src/schema/operation/mutation.ts';
import { resultUnion } from '../../src/schema/operation/result.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const outcome = resultUnion<{ readonly user: User }>('CreateTestUserOutcome', {
  description: 'What can come of one user.',
  successName: 'CreateTestUserSucceeded',
  successDescription: 'Returned when the user was created.',
  aws: [CreateUser],
  success: t => ({
    user: t.expose('user', { type: RekognitionUser, nullable: false, description: 'The user.' }),
  }),
});

mutation('createTestUsers', {
  description: 'Creates several users.',
  inputDescription: ['The users to create', 'in a test'],
  successDescription: 'Returned when each user has its outcome.',
  scope: 'rekognition:users:create',
  aws: [CreateUser],
  input: t => ({
    collectionId: t.string({ required: true, description: 'C.' }),
    userIds: t.stringList({ required: true, description: 'U.' }),
  }),
  run: async ({ collectionId, userIds }, context) => ({
    outcomes: await Promise.all(
      userIds.map(userId =>
        outcome.settle(
          async input => ({ user: await context.aws(users).create(input) }),
          { collectionId, userId },
          context,
        ),
      ),
    ),
  }),
  success: t => ({
    outcomes: t.expose('outcomes', {
      type: [outcome.type],
      nullable: { list: false, items: false },
      description: 'One for each user, in the order of the input.',
    }),
  }),
});

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

test('What succeeds and what fails stand side by side, each failure as its typed error', async () => {
  const { data, errors } = await gateway.query(
    `mutation ($input: CreateTestUsersInput!) {
      createTestUsers(input: $input) {
        ... on CreateTestUsersSuccess {
          outcomes {
            __typename
            ... on CreateTestUserSucceeded { user { userId } }
            ... on Error { message }
            ... on ConflictError { reason }
            ... on InvalidInputError { issues { path } }
          }
        }
      }
    }`,
    { input: { collectionId: 'employees', userIds: ['margaret', 'ada', 'a b', 'katherine'] } },
  );
  expect(errors).toBeUndefined();
  expect(data.createTestUsers.outcomes).toEqual([
    { __typename: 'CreateTestUserSucceeded', user: { userId: 'margaret' } },
    {
      __typename: 'ConflictError',
      message: 'The collection "employees" already has a user "ada".',
      reason: 'ALREADY_EXISTS',
    },
    {
      __typename: 'InvalidInputError',
      message: 'userId may contain only letters, digits, "_", ".", "-" and ":".',
      issues: [{ path: ['userId'] }],
    },
    { __typename: 'CreateTestUserSucceeded', user: { userId: 'katherine' } },
  ]);
});

test('The log has the code of every failed item', () => {
  expect(gateway.log.at(-1)).toMatchObject({
    refusals: [{ code: 'INVALID_INPUT' }, { code: 'CONFLICT', providerCode: 'ConflictException' }],
  });
});
