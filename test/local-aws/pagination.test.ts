import {
  CreateAccountCommand,
  CreateUserCommand as CreateChimeUser,
  ListAccountsCommand,
  ListUsersCommand as ListChimeUsers,
} from '@aws-sdk/client-chime';
import { CreateAppInstanceCommand } from '@aws-sdk/client-chime-sdk-identity';
import {
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteUserCommand,
  ListCollectionsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-rekognition';
import { beforeEach, describe, expect, test } from 'vitest';
import { requestModel } from '../../src/aws/models/model.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';
import { type ServedOperation, servedOperations } from '../support/served-operations.ts';
import { sendWire } from '../support/wire-requests.ts';

const aws = useLocalAws();
const CollectionId = 'employees';
const { accountId: AccountId } = demoWorld.chime;
const { appInstanceArn: AppInstanceArn } = demoWorld.chimeSdkIdentity;
const { identityStoreId: IdentityStoreId, memberships } = demoWorld.identityStore;
const [{ groupId: GroupId, userId }] = memberships;
const MemberId = { UserId: userId };

interface Cursor {
  readonly MaxResults?: number;
  readonly NextToken?: string | undefined;
}

/** The lists that local AWS has. */
const lists = (await servedOperations()).filter(
  ({ model, operation }) => requestModel(model, operation).shape.members?.['NextToken'],
);

/** How each service refuses a bad token. */
const badToken: Readonly<Record<string, string>> = {
  chime: 'BadRequestException',
  'chime-sdk-identity': 'BadRequestException',
  identitystore: 'ValidationException',
  rekognition: 'InvalidPaginationTokenException',
};

async function pageOf({ model, operation }: ServedOperation, cursor: Cursor) {
  const { members = {}, required = [] } = requestModel(model, operation).shape;
  const ids = { CollectionId, AccountId, IdentityStoreId, GroupId, MemberId, AppInstanceArn };
  const places = Object.entries(ids);
  const unknown = required.filter(name => !Object.hasOwn(ids, name));
  if (unknown.length > 0) {
    throw new Error(
      `${operation} of ${model.service} is a list in ${unknown.join(', ')}: add the demo world's to \`ids\` in test/local-aws/pagination.test.ts.`,
    );
  }
  const where = Object.fromEntries(places.filter(([name]) => Object.hasOwn(members, name)));
  const answer = await sendWire(aws.local.url, model, operation, { ...where, ...cursor });
  const { json, exception, status } = answer;
  const items: unknown[] = Object.values(json).find(Array.isArray) ?? [];
  return { items, NextToken: (json['NextToken'] ?? undefined) as string | undefined, exception, status };
}

describe.each(lists)('$operation of $service', list => {
  // Where the demo world has one of them alone, there is a second one.
  beforeEach(async () => {
    await aws.rekognition.send(new CreateCollectionCommand({ CollectionId: 'guests' }));
    await aws.chime.send(new CreateAccountCommand({ Name: 'Front' }));
    await aws.chimeSdkIdentity.send(new CreateAppInstanceCommand({ Name: 'Front' }));
  });

  const page = (cursor: Cursor) => pageOf(list, cursor);

  test('is paged until there is no token', async () => {
    const { items: all, NextToken: none } = await page({});
    expect(all.length, 'The demo world has one alone: make a second one in beforeEach.').toBeGreaterThan(1);
    expect(none).toBeUndefined();
    const first = await page({ MaxResults: all.length - 1 });
    expect(first.items).toEqual(all.slice(0, -1));
    expect(first.NextToken).toMatch(/^[\w-]{10,255}$/);
    const last = await page({ MaxResults: all.length - 1, NextToken: first.NextToken });
    expect([last.items, last.NextToken]).toEqual([all.slice(-1), undefined]);
    const whole = await page({ MaxResults: all.length });
    expect([whole.items, whole.NextToken]).toEqual([all, undefined]);
  });

  test('may change the page size on the way', async () => {
    const { items: all } = await page({});
    const { NextToken } = await page({ MaxResults: 1 });
    expect((await page({ MaxResults: 50, NextToken })).items).toEqual(all.slice(1));
  });

  test('refuses a token that is made up, changed, or of another list', async () => {
    const { NextToken = '' } = await page({ MaxResults: 1 });
    const other = lists[(lists.indexOf(list) + 1) % lists.length] as ServedOperation;
    const { NextToken: foreign = '' } = await pageOf(other, { MaxResults: 1 });
    for (const bad of ['x', 'AAAA', `${NextToken}=`, NextToken.slice(1), foreign]) {
      const { exception, status } = await page({ NextToken: bad });
      expect(badToken, 'Add the exception to badToken in this file.').toHaveProperty(list.service);
      expect([exception, status]).toEqual([badToken[list.service], 400]);
    }
  });
});

test('a page of Chime has a hundred entries unless another size is asked for', async () => {
  for (let count = 3; count < 101; count++) {
    await aws.chime.send(new CreateChimeUser({ AccountId, Email: `user-${count}@example.com` }));
  }
  for (let count = 3; count < 101; count++)
    await aws.chime.send(new CreateAccountCommand({ Name: `A${count}` }));
  const users = await aws.chime.send(new ListChimeUsers({ AccountId }));
  const accounts = await aws.chime.send(new ListAccountsCommand({}));
  expect([users.Users?.length, accounts.Accounts?.length]).toEqual([100, 100]);
  const restOfUsers = await aws.chime.send(new ListChimeUsers({ AccountId, NextToken: users.NextToken }));
  const restOfAccounts = await aws.chime.send(new ListAccountsCommand({ NextToken: accounts.NextToken }));
  expect([restOfUsers.Users?.length, restOfAccounts.Accounts?.length]).toEqual([1, 1]);
  const all = await aws.chime.send(new ListChimeUsers({ AccountId, MaxResults: 200 }));
  expect([all.Users?.length, all.NextToken]).toEqual([101, undefined]);
});

test('a token belongs to its operation, even where another one has the same parameters', async () => {
  await aws.rekognition.send(new CreateCollectionCommand({ CollectionId: 'guests' }));
  await aws.chime.send(new CreateAccountCommand({ Name: 'Front' }));
  const { NextToken } = await aws.rekognition.send(new ListCollectionsCommand({ MaxResults: 1 }));
  expect(await refusal(aws.chime.send(new ListAccountsCommand({ NextToken })))).toMatchObject({
    name: 'BadRequestException',
  });
});

test('a token belongs to the parameters it was given for', async () => {
  await aws.chime.send(new CreateAccountCommand({ Name: 'Demo Two' }));
  const { NextToken } = await aws.chime.send(new ListAccountsCommand({ Name: 'Demo', MaxResults: 1 }));
  expect(await refusal(aws.chime.send(new ListAccountsCommand({ Name: 'D', NextToken })))).toEqual({
    name: 'BadRequestException',
    message: 'Service received a bad request',
    status: 400,
    hasRequestId: true,
    Code: 'BadRequest',
  });
});

const users = (cursor: Cursor) => aws.rekognition.send(new ListUsersCommand({ CollectionId, ...cursor }));

test('users that come and go between two pages are neither skipped nor repeated', async () => {
  const ids = Array.from({ length: 500 }, (_, index) => `user-${index}`);
  for (const UserId of ids) await aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId }));
  const seen: (string | undefined)[] = [];
  let NextToken: string | undefined;
  let round = 0;
  do {
    const answer = await users({ MaxResults: 40, NextToken });
    seen.push(...(answer.Users ?? []).map(({ UserId }) => UserId));
    NextToken = answer.NextToken;
    if (round < 5) {
      // One that was seen, the last one seen, one to come, and a new one.
      for (const UserId of [seen[round], seen.at(-1), `user-${499 - round}`]) {
        await aws.rekognition.send(new DeleteUserCommand({ CollectionId, UserId }));
      }
      await aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId: `new-${round}` }));
    }
    round++;
  } while (NextToken);
  const expected = [
    ...demoWorld.rekognition.userIds,
    ...ids.slice(0, 495),
    ...Array.from({ length: 5 }, (_, index) => `new-${index}`),
  ];
  expect(seen).toEqual(expected);
});
