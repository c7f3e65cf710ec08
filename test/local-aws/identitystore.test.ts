import {
  CreateUserCommand,
  type CreateUserCommandInput,
  DeleteUserCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import { describe, expect, test } from 'vitest';
import { requestModel } from '../../src/aws/models/model.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, sendTarget, useLocalAws } from '../support/local-aws-clients.ts';
import { samples } from '../support/sample-requests.ts';
import { servedOperations } from '../support/served-operations.ts';
import { sendWire } from '../support/wire-requests.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const emptyStore = 'd-1234567890';
const uuidStore = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const aws = useLocalAws({ clock: () => now, identityStores: [emptyStore, uuidStore] });
const { identityStoreId: IdentityStoreId, users: demoUsers } = demoWorld.identityStore;

const barbara = {
  IdentityStoreId,
  UserName: 'barbara',
  DisplayName: 'Barbara Liskov',
  Name: { GivenName: 'Barbara', FamilyName: 'Liskov' },
};

const complete: CreateUserCommandInput = {
  ...barbara,
  Name: {
    Formatted: 'Prof. Barbara J. Liskov II',
    FamilyName: 'Liskov',
    GivenName: 'Barbara',
    MiddleName: 'Jane',
    HonorificPrefix: 'Prof.',
    HonorificSuffix: 'II',
  },
  NickName: 'Barb',
  ProfileUrl: 'https://example.com/barbara',
  Emails: [{ Value: 'Barbara@example.com', Type: 'work', Primary: true }],
  Addresses: [
    {
      StreetAddress: '32 Vassar St',
      Locality: 'Cambridge',
      Region: 'MA',
      PostalCode: '02139',
      Country: 'United States',
      Formatted: '32 Vassar St, Cambridge',
      Type: 'work',
      Primary: true,
    },
  ],
  PhoneNumbers: [{ Value: '+1 617 555 0100', Type: 'work', Primary: false }],
  UserType: 'Employee',
  Title: 'Professor',
  PreferredLanguage: 'en-US',
  Locale: 'en-US',
  Timezone: 'America/New_York',
  Photos: [
    { Value: 'https://example.com/1.png', Type: 'photo', Display: 'Portrait', Primary: true },
    { Value: 'https://example.com/2.png' },
  ],
  Website: 'https://example.com',
  Birthdate: '1939-11-07',
  Roles: [{ Value: 'Researcher', Type: 'main', Primary: true }],
};

const extensions = {
  'aws:identitystore:enterprise': { department: 'CSAIL', manager: null, levels: [1, 2.5, true] },
};

const notSupported = (names: string) => ({
  name: 'ValidationException',
  message: `The extensions ${names} are not supported. The only supported extension is aws:identitystore:enterprise`,
  status: 400,
  hasRequestId: true,
});

function describeUser(UserId: string, more: { Extensions?: string[] } = {}) {
  return aws.identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId, ...more }));
}

async function create(input: CreateUserCommandInput): Promise<string> {
  const { UserId = '' } = await aws.identityStore.send(new CreateUserCommand(input));
  return UserId;
}

const noSuchUser = {
  name: 'ResourceNotFoundException',
  message: 'USER not found.',
  status: 400,
  hasRequestId: true,
  ResourceType: 'USER',
};

const getUserId = (AttributePath: string, AttributeValue: string | number) =>
  aws.identityStore.send(
    new GetUserIdCommand({
      IdentityStoreId,
      AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
    }),
  );

const listFiltered = (Filters: { AttributePath: string; AttributeValue: string }[]) =>
  aws.identityStore.send(new ListUsersCommand({ IdentityStoreId, Filters }));

describe('CreateUser', () => {
  test('keeps every attribute and gives it back in DescribeUser and ListUsers', async () => {
    const { $metadata: _, ...created } = await aws.identityStore.send(new CreateUserCommand(complete));
    expect(created).toEqual({
      IdentityStoreId,
      UserId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    const { $metadata: __, ...described } = await describeUser(created.UserId ?? '');
    const expected = {
      ...complete,
      UserId: created.UserId,
      UserStatus: 'ENABLED',
      CreatedAt: now,
      CreatedBy: 'arn:aws:iam::123456789012:root',
      UpdatedAt: now,
      UpdatedBy: 'arn:aws:iam::123456789012:root',
    };
    expect(described).toEqual(expected);
    const { Users } = await aws.identityStore.send(new ListUsersCommand({ IdentityStoreId }));
    expect(Users?.at(-1)).toEqual(expected);
  });

  test('keeps extensions, nulls included, and returns those that are asked for', async () => {
    const UserId = await create({ ...barbara, Extensions: extensions });
    expect(await describeUser(UserId)).not.toHaveProperty('Extensions');
    const Extensions = ['aws:identitystore:enterprise'];
    expect((await describeUser(UserId, { Extensions })).Extensions).toEqual(extensions);
    const { Users } = await aws.identityStore.send(new ListUsersCommand({ IdentityStoreId, Extensions }));
    expect(Users?.map(user => user.Extensions !== undefined)).toEqual([false, false, false, true]);
  });

  test('and every other operation that takes extensions refuse those that AWS does not have', async () => {
    const both = { ...extensions, 'aws:identitystore:b': {}, 'aws:identitystore:a': {} };
    expect(await refusal(create({ ...barbara, Extensions: both }))).toEqual(
      notSupported('aws:identitystore:b, aws:identitystore:a'),
    );
    const Extensions = ['aws:identitystore:enterprise', 'aws:identitystore:b'];
    expect(await refusal(describeUser(demoUsers[0].userId, { Extensions }))).toEqual(
      notSupported('aws:identitystore:b'),
    );
    const list = new ListUsersCommand({ IdentityStoreId, Extensions });
    expect(await refusal(aws.identityStore.send(list))).toEqual(notSupported('aws:identitystore:b'));
    expect((await listFiltered([{ AttributePath: 'UserName', AttributeValue: 'barbara' }])).Users).toEqual(
      [],
    );
  });

  test('refuses a user name or an e-mail address that is taken, whatever its case', async () => {
    await create(complete);
    const conflict = {
      name: 'ConflictException',
      status: 400,
      hasRequestId: true,
      Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    };
    expect(await refusal(create({ ...barbara, UserName: 'BARBARA' }))).toEqual({
      ...conflict,
      message: 'Duplicate UserName',
    });
    const Emails = [{ Value: 'bARBARA@EXAMPLE.COM' }];
    expect(await refusal(create({ ...barbara, UserName: 'other', Emails }))).toEqual({
      ...conflict,
      message: 'Duplicate Email',
    });
  });

  test('knows the cases of letters outside of ASCII', async () => {
    const UserId = await create({ ...barbara, UserName: 'Élodie', Emails: [{ Value: 'Ünsal@example.com' }] });
    expect(await refusal(create({ ...barbara, UserName: 'éLODIE' }))).toMatchObject({
      message: 'Duplicate UserName',
    });
    expect(await getUserId('userName', 'ÉLODIE')).toMatchObject({ UserId });
    expect(await getUserId('emails.value', 'üNSAL@example.com')).toMatchObject({ UserId });
  });

  test('names the user name when name and e-mail address are both taken', async () => {
    await create(complete);
    const Emails = [{ Value: 'ada@example.com' }];
    expect(await refusal(create({ ...barbara, Emails }))).toMatchObject({ message: 'Duplicate UserName' });
    const { Users } = await aws.identityStore.send(new ListUsersCommand({ IdentityStoreId }));
    expect(Users?.length).toBe(4);
  });

  test('lets two stores have the same names', async () => {
    expect(await create({ ...barbara, UserName: 'ada', IdentityStoreId: emptyStore })).toMatch(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(await create({ ...barbara, UserName: 'ada', IdentityStoreId: uuidStore })).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-/,
    );
  });

  test('wants the attributes that IAM Identity Center needs though the model marks them optional', async () => {
    const invalid = { name: 'ValidationException', status: 400, hasRequestId: true };
    expect(await refusal(create({ IdentityStoreId }))).toEqual({
      ...invalid,
      message: 'userName is a required attribute',
    });
    expect(await refusal(create({ IdentityStoreId, UserName: 'x' }))).toEqual({
      ...invalid,
      message: 'displayname: The attribute displayname is required, name: The attribute name is required',
    });
    expect(await refusal(create({ ...barbara, Name: {} }))).toEqual({
      ...invalid,
      message:
        'givenname: The attribute givenname is required, familyname: The attribute familyname is required',
    });
    expect(await refusal(create({ ...barbara, Name: { GivenName: 'B' } }))).toEqual({
      ...invalid,
      message: 'familyname: The attribute familyname is required',
    });
  });

  test.each(['Administrator', 'AWSAdministrators', 'awsadministrators'])(
    'refuses the reserved name %s',
    async UserName => {
      expect(await refusal(create({ ...barbara, UserName }))).toEqual({
        name: 'ValidationException',
        message: 'The userName is a reserved name and cannot be used',
        status: 400,
        hasRequestId: true,
      });
    },
  );

  test('treats null members as absent', async () => {
    const { json } = await sendTarget(aws.local.url, 'AWSIdentityStore.CreateUser', {
      ...barbara,
      NickName: null,
      Name: { ...barbara.Name, MiddleName: null },
    });
    const { $metadata: _, ...user } = await describeUser(json.UserId as string);
    expect(user).not.toHaveProperty('NickName');
    expect(user.Name).toEqual(barbara.Name);
  });
});

describe('DeleteUser', () => {
  test('removes the user and frees its name and e-mail address', async () => {
    const UserId = await create(complete);
    const { $metadata: _, ...answer } = await aws.identityStore.send(
      new DeleteUserCommand({ IdentityStoreId, UserId }),
    );
    expect(answer).toEqual({});
    expect(await refusal(describeUser(UserId))).toEqual({ ...noSuchUser, ResourceId: UserId });
    expect(await create(complete)).not.toBe(UserId);
  });

  test('refuses a user that does not exist', async () => {
    const UserId = '9067012345-00000000-0000-0000-0000-000000000000';
    expect(await refusal(aws.identityStore.send(new DeleteUserCommand({ IdentityStoreId, UserId })))).toEqual(
      { ...noSuchUser, ResourceId: UserId },
    );
  });
});

describe('GetUserId', () => {
  test.each([
    ['userName', 'grace'],
    ['UserName', 'GRACE'],
    ['emails.value', 'grace@example.com'],
    ['Emails.Value', 'Grace@Example.com'],
  ])('finds a user by %s', async (path, value) => {
    const { $metadata: _, ...found } = await getUserId(path, value);
    expect(found).toEqual({ IdentityStoreId, UserId: demoUsers[1].userId });
  });

  test('finds nobody by an unknown value or external id', async () => {
    expect(await refusal(getUserId('userName', 'nobody'))).toEqual(noSuchUser);
    const AlternateIdentifier = { ExternalId: { Issuer: 'issuer', Id: 'id' } };
    expect(
      await refusal(aws.identityStore.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }))),
    ).toEqual(noSuchUser);
  });

  test('refuses attributes that are not unique and values that are not text', async () => {
    expect(await refusal(getUserId('title', 'Analyst'))).toMatchObject({
      name: 'ValidationException',
      message: 'The attribute title is not a unique attribute',
    });
    expect(await refusal(getUserId('userName', 5))).toMatchObject({
      name: 'ValidationException',
      message: 'The value of the attribute userName must be a string',
    });
    expect(await refusal(getUserId('userName', ''))).toMatchObject({
      name: 'ValidationException',
      message: 'attribute value cannot be empty or null for attribute path',
    });
  });

  test('wants exactly one alternate identifier', async () => {
    const answer = await sendTarget(aws.local.url, 'AWSIdentityStore.GetUserId', {
      IdentityStoreId,
      AlternateIdentifier: {},
    });
    expect(answer.json).toMatchObject({
      __type: 'ValidationException',
      Message:
        "1 validation error detected: Value at 'alternateIdentifier' failed to satisfy constraint: Member must have exactly one of [ExternalId, UniqueAttribute]",
    });
  });
});

describe('ListUsers', () => {
  test('still knows the deprecated filter by user name', async () => {
    const found = await listFiltered([{ AttributePath: 'UserName', AttributeValue: 'alan' }]);
    expect(found.Users?.map(({ UserId }) => UserId)).toEqual([demoUsers[2].userId]);
    expect((await listFiltered([{ AttributePath: 'UserName', AttributeValue: 'nobody' }])).Users).toEqual([]);
    expect(await refusal(listFiltered([{ AttributePath: 'Title', AttributeValue: 'x' }]))).toMatchObject({
      name: 'ValidationException',
      message: 'The attribute Title cannot be used in a filter',
    });
  });
});

const operations = (await servedOperations()).filter(({ service }) => service === 'identitystore');

test.each(operations)(
  'an identity store that was neither configured nor seeded does not exist for $operation',
  async ({ model, operation }) => {
    const [request] = samples(model, requestModel(model, operation).name, 'required members');
    const unknown = { ...(request as object), IdentityStoreId: 'd-0000000000' };
    const { json, exception, status } = await sendWire(aws.local.url, model, operation, unknown);
    expect([exception, status]).toEqual(['ResourceNotFoundException', 400]);
    expect(json).toMatchObject({
      Message: 'IdentityStore not present for IdentityStoreId: d-0000000000',
      ResourceType: 'IDENTITY_STORE',
      ResourceId: 'd-0000000000',
    });
  },
);
