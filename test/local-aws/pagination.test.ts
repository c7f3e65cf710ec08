import {
  CreateAccountCommand,
  CreateUserCommand as CreateChimeUser,
  ListAccountsCommand,
  ListUsersCommand as ListChimeUsers,
} from '@aws-sdk/client-chime';
import { ListUsersCommand as ListIdentityStoreUsers } from '@aws-sdk/client-identitystore';
import {
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteUserCommand,
  ListCollectionsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-rekognition';
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

const aws = useLocalAws();
const CollectionId = 'employees';
const { accountId: AccountId } = demoWorld.chime;
const { identityStoreId: IdentityStoreId } = demoWorld.identityStore;

interface Cursor {
  readonly MaxResults?: number;
  readonly NextToken?: string | undefined;
}

/** Every list operation: what a page holds, as names, and how its exception for a bad token is called. */
const lists: Record<
  string,
  {
    page: (cursor: Cursor) => Promise<{ names: (string | undefined)[]; NextToken?: string | undefined }>;
    badToken: string;
  }
> = {
  'Rekognition users': {
    page: async cursor => {
      const { Users = [], NextToken } = await aws.rekognition.send(
        new ListUsersCommand({ CollectionId, ...cursor }),
      );
      return { names: Users.map(({ UserId }) => UserId), NextToken };
    },
    badToken: 'InvalidPaginationTokenException',
  },
  'Identity Store users': {
    page: async cursor => {
      const request = new ListIdentityStoreUsers({ IdentityStoreId, ...cursor });
      const { Users = [], NextToken } = await aws.identityStore.send(request);
      return { names: Users.map(({ UserName }) => UserName), NextToken };
    },
    badToken: 'ValidationException',
  },
  'Chime users': {
    page: async cursor => {
      const { Users = [], NextToken } = await aws.chime.send(new ListChimeUsers({ AccountId, ...cursor }));
      return { names: Users.map(({ PrimaryEmail }) => PrimaryEmail?.replace('@example.com', '')), NextToken };
    },
    badToken: 'BadRequestException',
  },
};

describe.each(Object.entries(lists))('%s', (_name, { page, badToken }) => {
  test('are paged until there is no token', async () => {
    const first = await page({ MaxResults: 2 });
    expect(first).toEqual({ names: ['ada', 'grace'], NextToken: expect.stringMatching(/^[\w-]{10,255}$/) });
    expect(await page({ MaxResults: 2, NextToken: first.NextToken })).toEqual({
      names: ['alan'],
      NextToken: undefined,
    });
    expect(await page({ MaxResults: 3 })).toEqual({ names: ['ada', 'grace', 'alan'], NextToken: undefined });
  });

  test('may change the page size on the way', async () => {
    const { NextToken } = await page({ MaxResults: 1 });
    expect((await page({ MaxResults: 50, NextToken })).names).toEqual(['grace', 'alan']);
  });

  test('refuse a token that is made up, changed, or of another list', async () => {
    const { NextToken = '' } = await page({ MaxResults: 1 });
    const other = await aws.rekognition.send(new ListCollectionsCommand({ MaxResults: 1 }));
    expect(other.NextToken).toBeUndefined();
    await aws.rekognition.send(new CreateCollectionCommand({ CollectionId: 'guests' }));
    const { NextToken: foreign } = await aws.rekognition.send(new ListCollectionsCommand({ MaxResults: 1 }));
    for (const bad of ['x', 'AAAA', `${NextToken}=`, NextToken.slice(1), foreign]) {
      expect(await refusal(page({ NextToken: bad }))).toMatchObject({ name: badToken, status: 400 });
    }
  });
});

test('a page of Chime has a hundred entries unless another size is asked for', async () => {
  for (let count = 3; count < 101; count++) {
    await aws.chime.send(new CreateChimeUser({ AccountId, Email: `user-${count}@example.com` }));
  }
  for (let count = 1; count < 101; count++)
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
