/** Batches, by one that only this test declares: an outcome for each item, in the order asked. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { BatchUpdateUser } from '../../src/providers/chime/user/operations.ts';
import { rekognition } from '../../src/providers/rekognition/service.ts';
import { users } from '../../src/providers/rekognition/user/adapter.ts';
import { userByKey } from '../../src/providers/rekognition/user/loaders.ts';
import { CreateUser, ListUsers } from '../../src/providers/rekognition/user/operations.ts';
import { RekognitionUser } from '../../src/providers/rekognition/user/type.ts';
import { builder } from '../../src/schema/builder.ts';
import { batchMutation } from '../../src/schema/operation/batch-mutation.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

/** Items of batches. */
const underWay = { now: 0, most: 0 };

batchMutation('createTestUsers', {
  description: 'Creates several users.',
  inputDescription: ['The users to create', 'in a test'],
  scope: 'rekognition:users:create',
  operation: CreateUser,
  further: [ListUsers],
  calls: 2,
  input: t => ({
    collectionId: t.string({ required: true, description: 'C.' }),
    userIds: t.stringList({ required: true, description: 'U.' }),
  }),
  list: 'userIds',
  each: { input: (userId, { collectionId }) => ({ collectionId, userId }), sentAs: ['userId'] },
  keyOf: userId => userId,
  run: async ({ collectionId, userIds: [userId = ''] }, context) => {
    underWay.now += 1;
    underWay.most = Math.max(underWay.most, underWay.now);
    // An item may have to look something up first.
    await context.find(userByKey, { collectionId, userId: 'ada' });
    const user = await context
      .aws(users)
      .create({ collectionId, userId })
      .finally(() => (underWay.now -= 1));
    return { outcomes: [{ user }] };
  },
  outcome: {
    stem: 'CreateTestUser',
    description: 'What can come of one user.',
    successDescription: 'Returned when the user was created.',
    success: t => ({
      user: t.expose('user', { type: RekognitionUser, nullable: false, description: 'The user.' }),
    }),
  },
});

const ManyTexts = builder.inputType('ManyTexts', {
  fields: t => ({
    userId: t.string({ required: true, description: 'U.' }),
    texts: t.stringList({ description: 'T.' }),
  }),
});

batchMutation('updateTestUsers', {
  description: 'Changes several users.',
  inputDescription: ['The users to change', 'in a test'],
  scope: 'chime:users:update',
  operation: BatchUpdateUser,
  input: t => ({
    accountId: t.string({ required: true, description: 'A.' }),
    updateUserRequestItems: t.field({ type: [ManyTexts], required: true, description: 'U.' }),
  }),
  list: 'updateUserRequestItems',
  keyOf: ({ userId }) => userId,
  run: async ({ updateUserRequestItems: items }) => ({ outcomes: items.map(({ userId }) => ({ userId })) }),
  outcome: {
    stem: 'UpdateTestUser',
    description: 'What can come of one user.',
    successDescription: 'Returned when the user was changed.',
    success: t => ({ userId: t.exposeString('userId', { nullable: false, description: 'U.' }) }),
  },
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
      message: 'userIds.2 may contain only letters, digits, "_", ".", "-" and ":".',
      issues: [{ path: ['userIds', '2'] }],
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
    'calls for fifty items each',
    'mutation ($input: SuspendChimeUsersInput!) { suspendChimeUsers(input: $input) { __typename } }',
    2,
    { input: { accountId: 'a', userIdList: Array.from({ length: 51 }, (_, at) => `user-${at}`) } },
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

const pathOf = (at: number) => (index: number) => ({
  path: ['updateUserRequestItems', String(at), 'texts', String(index)],
});

test('Each item is told all that is wrong with it, also where several have more than an error tells', async () => {
  const half = '\ud800';
  const wrong = (userId: string) => ({ userId, texts: Array.from({ length: 7 }, () => half) });
  const items = Array.from({ length: 60 }, (_, at) => (at === 7 ? { userId: 'u7' } : wrong(`u${at}`)));
  const { data, errors } = await gateway.query(
    `mutation ($input: UpdateTestUsersInput!) {
      updateTestUsers(input: $input) {
        ... on UpdateTestUsersSuccess {
          outcomes { ... on UpdateTestUserSucceeded { userId } ... on InvalidInputError { issues { path } } }
        }
      }
    }`,
    { input: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890', updateUserRequestItems: items } },
  );
  expect(errors).toBeUndefined();
  expect(data.updateTestUsers.outcomes).toEqual(
    items.map((_, at) => (at === 7 ? { userId: 'u7' } : { issues: [0, 1, 2, 3, 4, 5, 6].map(pathOf(at)) })),
  );
});
