/** UpdateUser: the paths that AWS takes, what it makes of their values, and what it refuses. */
import {
  DescribeUserCommand,
  ListUsersCommand,
  UpdateUserCommand,
  type UpdateUserCommandInput,
} from '@aws-sdk/client-identitystore';
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

type Value = NonNullable<UpdateUserCommandInput['Operations']>[number]['AttributeValue'];

const now = new Date('2026-01-02T03:04:05.678Z');
const later = new Date('2026-01-03T00:00:00Z');
let time = now;
const aws = useLocalAws({ clock: () => time });
const { identityStoreId: IdentityStoreId, users } = demoWorld.identityStore;
const [{ userId: UserId }] = users;
const enterprise = 'aws:identitystore:enterprise';

function update(operations: Readonly<Record<string, Value>>, key: object = { UserId }) {
  const Operations = Object.entries(operations).map(([AttributePath, AttributeValue]) => ({
    AttributePath,
    AttributeValue,
  }));
  return aws.identityStore.send(new UpdateUserCommand({ IdentityStoreId, UserId, Operations, ...key }));
}

async function described() {
  const command = new DescribeUserCommand({ IdentityStoreId, UserId, Extensions: [enterprise] });
  const { $metadata: _, ...user } = await aws.identityStore.send(command);
  return user;
}

test('UpdateUser answers with nothing, notes the time, and leaves all else and the place in lists as it was', async () => {
  const before = await described();
  time = later;
  const { $metadata: _, ...answer } = await update({ displayName: 'Countess' }).finally(() => (time = now));
  expect(answer).toEqual({});
  expect(await described()).toEqual({ ...before, DisplayName: 'Countess', UpdatedAt: later });
  const { Users } = await aws.identityStore.send(new ListUsersCommand({ IdentityStoreId }));
  expect(Users?.map(({ UserName }) => UserName)).toEqual(['ada', 'grace', 'alan']);
});

describe('UpdateUser changes', () => {
  test.each([
    'userName',
    'displayName',
    'nickName',
    'profileUrl',
    'userType',
    'title',
    'preferredLanguage',
    'locale',
    'timezone',
    'website',
    'birthdate',
  ])('%s', async path => {
    await update({ [path]: 'new' });
    expect(await described()).toMatchObject({ [`${path.charAt(0).toUpperCase()}${path.slice(1)}`]: 'new' });
  });

  test.each(['familyName', 'givenName', 'formatted', 'middleName', 'honorificPrefix', 'honorificSuffix'])(
    'name.%s, as Terraform names it',
    async part => {
      const { Name } = await described();
      await update({ [`name.${part}`]: 'new' });
      const member = `${part.charAt(0).toUpperCase()}${part.slice(1)}`;
      expect((await described()).Name).toEqual({ ...Name, [member]: 'new' });
    },
  );

  test('a name as a whole, without what is not in it', async () => {
    await update({ name: { givenName: 'Augusta', FamilyName: 'King' } });
    expect((await described()).Name).toEqual({ GivenName: 'Augusta', FamilyName: 'King' });
  });

  test('lists as a whole, whose members clients write in either case', async () => {
    await update({
      emails: [{ value: 'augusta@example.com', primary: true }],
      addresses: [{ StreetAddress: '12 St James Square', country: 'UK' }],
      photos: [{ value: 'https://example.com/1.png' }, { Value: 'https://example.com/2.png' }],
      roles: [{ value: 'Countess' }],
    });
    expect(await described()).toMatchObject({
      Emails: [{ Value: 'augusta@example.com', Primary: true }],
      Addresses: [{ StreetAddress: '12 St James Square', Country: 'UK' }],
      Photos: [{ Value: 'https://example.com/1.png' }, { Value: 'https://example.com/2.png' }],
      Roles: [{ Value: 'Countess' }],
    });
    // As Terraform sends an address without a value.
    await update({ emails: [{ primary: true }] });
    expect((await described()).Emails).toEqual([{ Primary: true }]);
  });

  test('an extension as a whole, and what is in it', async () => {
    await update({ [enterprise]: { department: 'Mathematics', costCenter: '7' } });
    await update({ [`${enterprise}.manager.value`]: 'babbage', [`${enterprise}.costCenter`]: undefined });
    expect((await described()).Extensions).toEqual({
      [enterprise]: { department: 'Mathematics', manager: { value: 'babbage' } },
    });
    await update({ [`${enterprise}.manager.value`]: undefined, [`${enterprise}.department`]: undefined });
    expect(await described()).not.toHaveProperty('Extensions');
  });

  test('several attributes in turn, so that the last of one counts', async () => {
    const operations = ['one', 'two'].map(AttributeValue => ({ AttributePath: 'title', AttributeValue }));
    await update({}, { Operations: operations });
    expect(await described()).toMatchObject({ Title: 'two' });
  });

  test.each(['nickName', 'locale', 'addresses', 'emails', 'phoneNumbers'])(
    '%s to nothing by null or no value at all',
    async path => {
      const member = `${path.charAt(0).toUpperCase()}${path.slice(1)}`;
      const { [member as 'NickName']: _, ...others } = await described();
      await update({ [path]: null });
      expect(await described()).toEqual(others);
      await update({ [path]: undefined });
      expect(await described()).toEqual(others);
    },
  );

  test('nothing about the part of a name that is unset', async () => {
    await update({ 'name.formatted': null });
    expect((await described()).Name).toEqual({ GivenName: 'Ada', FamilyName: 'Lovelace' });
  });

  test('the case of a name that is unique', async () => {
    await update({ userName: 'ADA', emails: [{ value: 'ADA@example.com' }] });
    expect(await described()).toMatchObject({ UserName: 'ADA', Emails: [{ Value: 'ADA@example.com' }] });
  });
});

const single = 'please provide full replacement of Multi-Value attribute types';
const minimum = 'failed to satisfy constraint: Member must have length greater than or equal to 1';

describe('UpdateUser refuses', () => {
  test.each<[message: string, operations: Readonly<Record<string, Value>>]>([
    ['Updates for AttributePath: UserName is not supported', { UserName: 'x' }],
    ['Updates for AttributePath: userStatus is not supported', { userStatus: 'DISABLED' }],
    ['Updates for AttributePath: identityStoreId is not supported', { identityStoreId: 'x' }],
    ['Updates for AttributePath: extensions is not supported', { extensions: {} }],
    ['Updates for AttributePath: name.nickName is not supported', { 'name.nickName': 'x' }],
    ['Updates for AttributePath: name.FamilyName is not supported', { 'name.FamilyName': 'x' }],
    ['Updates for AttributePath: title.value is not supported', { 'title.value': 'x' }],
    [
      'Updates for AttributePath: aws:identitystore:other is not supported',
      { 'aws:identitystore:other': {} },
    ],
    [
      `Unsupported update operation on multi-value attribute emails, ${single}`,
      { 'emails.value': 'ada@example.org' },
    ],
    ['The value of the attribute title must be a string', { title: 5 }],
    ['The value of the attribute emails must be a list', { emails: { value: 'ada@example.org' } }],
    ['The value of the attribute emails must be a structure', { emails: ['ada@example.org'] }],
    ['The value of the attribute emails.value must be a string', { emails: [{ value: null }] }],
    ['The value of the attribute emails.primary must be a boolean', { emails: [{ primary: 'yes' }] }],
    ['userName is a required attribute', { userName: null }],
    ['The userName is a reserved name and cannot be used', { userName: 'Administrator' }],
    ['displayname: The attribute displayname is required', { displayName: null }],
    ['name: The attribute name is required', { name: null }],
    ['familyname: The attribute familyname is required', { 'name.familyName': null }],
    ['familyname: The attribute familyname is required', { name: { givenName: 'Ada' } }],
  ])('%s', async (message, operations) => {
    const before = await described();
    expect(await refusal(update({ nickName: 'x', ...operations }))).toEqual({
      name: 'ValidationException',
      message,
      status: 400,
      hasRequestId: true,
    });
    expect(await described()).toEqual(before);
  });

  test.each<[at: string, operations: Readonly<Record<string, Value>>]>([
    ["Value at 'title'", { title: '' }],
    ["Value at 'emails.1.member.value'", { emails: [{ value: '' }] }],
    ["Value at 'roles'", { roles: [] }],
  ])('what a create would: %s is too short', async (at, operations) => {
    const { name, message } = (await refusal(update(operations))) as { name: string; message: string };
    expect(name).toBe('ValidationException');
    expect(message).toContain(`${at} ${minimum}`);
  });

  test.each<[message: string, operations: Readonly<Record<string, Value>>]>([
    ['Duplicate UserName', { userName: 'GRACE' }],
    ['Duplicate Email', { emails: [{ value: 'Grace@Example.com' }] }],
  ])('what another user has: %s', async (message, operations) => {
    expect(await refusal(update(operations))).toEqual({
      name: 'ConflictException',
      message,
      status: 400,
      hasRequestId: true,
      Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    });
  });

  test('a user that does not exist, once it has looked at the paths', async () => {
    const nobody = { UserId: UserId.replace('a1', 'ff') };
    expect(await refusal(update({ title: 'x' }, nobody))).toEqual({
      name: 'ResourceNotFoundException',
      message: 'USER not found.',
      status: 400,
      hasRequestId: true,
      ResourceType: 'USER',
      ResourceId: nobody.UserId,
    });
    expect(await refusal(update({ invented: 'x' }, nobody))).toMatchObject({
      message: 'Updates for AttributePath: invented is not supported',
    });
  });
});
