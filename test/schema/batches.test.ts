/** Batches, by one that only this test declares: an outcome for each item, in the order asked. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ApiError, ConflictError } from '../../src/errors.ts';
import { rekognition } from '../../src/providers/rekognition/service.ts';
import { type RekognitionUser as User, users } from '../../src/providers/rekognition/user/adapter.ts';
import { userByKey } from '../../src/providers/rekognition/user/loaders.ts';
import { CreateUser, ListUsers } from '../../src/providers/rekognition/user/operations.ts';
import { RekognitionUser } from '../../src/providers/rekognition/user/type.ts';
import { mutation } from '../../src/schema/operation/mutation.ts';
import { resultUnion } from '../../src/schema/operation/result.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

const outcome = resultUnion<{ readonly user: User }>('CreateTestUserOutcome', {
  description: 'What can come of one user.',
  successName: 'CreateTestUserSucceeded',
  successDescription: 'Returned when the user was created.',
  aws: [CreateUser, ListUsers],
  success: t => ({
    user: t.expose('user', { type: RekognitionUser, nullable: false, description: 'The user.' }),
  }),
});

/** Items of batches. */
const underWay = { now: 0, most: 0 };

mutation('createTestUsers', {
  description: 'Creates several users.',
  inputDescription: ['The users to create', 'in a test'],
  successDescription: 'Returned when each user has its outcome.',
  scope: 'rekognition:users:create',
  aws: [CreateUser, ListUsers],
  calls: 2,
  batch: { items: 'userIds' },
  input: t => ({
    collectionId: t.string({ required: true, description: 'C.' }),
    userIds: t.stringList({ required: true, description: 'U.' }),
  }),
  run: async ({ collectionId, userIds }, context) => ({
    outcomes: await outcome.settleEach(
      async input => {
        underWay.now += 1;
        underWay.most = Math.max(underWay.most, underWay.now);
        // An item may have to look something up first.
        await context.find(userByKey, { collectionId, userId: 'ada' });
        const user = await context
          .aws(users)
          .create(input)
          .finally(() => (underWay.now -= 1));
        return { user };
      },
      userIds.map(userId => ({ collectionId, userId })),
      context,
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

/** How many items each call had. */
const calls: number[] = [];

mutation('createTestUsersTogether', {
  description: 'Creates several users, three with each call.',
  inputDescription: ['The users to create', 'in a test'],
  successDescription: 'Returned when each user has its outcome.',
  scope: 'rekognition:users:create',
  aws: [CreateUser, ListUsers],
  batch: { items: 'userIds', perCall: 3 },
  input: t => ({
    collectionId: t.string({ required: true, description: 'C.' }),
    userIds: t.stringList({ required: true, description: 'U.' }),
  }),
  run: async ({ collectionId, userIds }, context) => ({
    outcomes: await outcome.settleTogether(
      3,
      async batch => {
        calls.push(batch.length);
        const made: ({ readonly user: User } | ApiError)[] = [];
        for (const userId of batch) {
          if (userId.startsWith('taken'))
            made.push(new ConflictError({ message: userId, reason: 'ALREADY_EXISTS' }));
          else made.push({ user: await context.aws(users).create({ collectionId, userId }) });
        }
        return made;
      },
      userIds,
      context,
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

test('A batch has no more items under way at AWS than a request may have look-ups', async () => {
  underWay.most = 0;
  const userIds = Array.from({ length: 4 * rekognition.parallelLookUps }, (_, at) => `user-${at}`);
  gateway.localAws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 20 } });
  const { data } = await gateway.query(
    `mutation ($input: CreateTestUsersInput!) {
      createTestUsers(input: $input) {
        ... on CreateTestUsersSuccess { outcomes { ... on CreateTestUserSucceeded { user { userId } } } }
      }
    }`,
    { input: { collectionId: 'employees', userIds } },
  );
  expect(data.createTestUsers.outcomes).toEqual(userIds.map(userId => ({ user: { userId } })));
  expect(underWay.most).toBe(rekognition.parallelLookUps);
});

test('Items that one call to AWS takes are sent together, and what befalls a call befalls its items alone', async () => {
  const userIds = ['one', 'taken-two', 'three', 'four', 'ada', 'six', 'seven'];
  const { data } = await gateway.query(
    `mutation ($input: CreateTestUsersTogetherInput!) {
      createTestUsersTogether(input: $input) {
        ... on CreateTestUsersTogetherSuccess {
          outcomes {
            ... on CreateTestUserSucceeded { user { userId } }
            ... on ConflictError { message }
          }
        }
      }
    }`,
    { input: { collectionId: 'employees', userIds } },
  );
  const taken = { message: 'The collection "employees" already has a user "ada".' };
  expect(data.createTestUsersTogether.outcomes).toEqual([
    { user: { userId: 'one' } },
    { message: 'taken-two' },
    { user: { userId: 'three' } },
    taken,
    taken,
    taken,
    { user: { userId: 'seven' } },
  ]);
  expect(calls).toEqual([3, 3, 1]);
});

test.each<[string, string, number, object?]>([
  [
    'literals',
    'mutation { createTestUsers(input: {collectionId: "c", userIds: ["a", "b"]}) { __typename } }',
    4,
  ],
  [
    'a variable',
    'mutation ($input: CreateTestUsersInput!) { createTestUsers(input: $input) { __typename } }',
    6,
    { input: { collectionId: 'c', userIds: ['a', 'b', 'c'] } },
  ],
  [
    'a variable in a literal',
    'mutation ($ids: [String!]!) { createTestUsers(input: {collectionId: "c", userIds: $ids}) { __typename } }',
    6,
    { ids: ['a', 'b', 'c'] },
  ],
  [
    'a variable in a list',
    'mutation ($id: String!) { createTestUsers(input: {collectionId: "c", userIds: [$id, "b"]}) { __typename } }',
    4,
    { id: 'a' },
  ],
  [
    'calls for three items each',
    'mutation ($input: CreateTestUsersTogetherInput!) { createTestUsersTogether(input: $input) { __typename } }',
    2,
    { input: { collectionId: 'c', userIds: ['a', 'b', 'c', 'd'] } },
  ],
])(
  'A batch counts the calls to AWS of all its items, by %s',
  async (_what, query, upstreamCalls, variables) => {
    const sent = json(JSON.stringify({ query, variables }), { 'vestibule-extensions': 'cost' });
    for (let sight = 1; sight <= 2; sight += 1) {
      expect((await send(gateway.url, sent)).body).toMatchObject({ extensions: { cost: { upstreamCalls } } });
    }
  },
);
