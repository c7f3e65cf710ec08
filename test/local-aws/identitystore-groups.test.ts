import {
  CreateGroupCommand,
  DeleteGroupCommand,
  DescribeGroupCommand,
  GetGroupIdCommand,
  ListGroupsCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-identitystore';
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const emptyStore = 'd-1234567890';
let time = now;
const aws = useLocalAws({ clock: () => time, identityStores: [emptyStore] });
const { identityStoreId: IdentityStoreId, groups: demoGroups } = demoWorld.identityStore;

const [analysts, engineers] = demoGroups;
const { groupId: GroupId } = analysts;
const admins = { IdentityStoreId, DisplayName: 'Admins', Description: 'Those who may' };
const noSuchGroup = {
  name: 'ResourceNotFoundException',
  message: 'GROUP not found.',
  status: 400,
  hasRequestId: true,
  ResourceType: 'GROUP',
};

const createGroup = (input: object) =>
  aws.identityStore.send(new CreateGroupCommand({ IdentityStoreId, ...input }));

const updateGroup = (AttributePath: string, AttributeValue?: string | number, key: object = { GroupId }) =>
  aws.identityStore.send(
    new UpdateGroupCommand({
      IdentityStoreId,
      GroupId,
      Operations: [{ AttributePath, AttributeValue }],
      ...key,
    }),
  );

const deleteGroup = (key: object = { GroupId }) =>
  aws.identityStore.send(new DeleteGroupCommand({ IdentityStoreId, GroupId, ...key }));

const getGroupId = (AttributePath: string, AttributeValue: string) => {
  const AlternateIdentifier = { UniqueAttribute: { AttributePath, AttributeValue } };
  return aws.identityStore.send(new GetGroupIdCommand({ IdentityStoreId, AlternateIdentifier }));
};

const listGroups = (more: object = {}) =>
  aws.identityStore.send(new ListGroupsCommand({ IdentityStoreId, ...more }));

async function describeGroup(key: object = { GroupId }) {
  const command = new DescribeGroupCommand({ IdentityStoreId, GroupId, ...key });
  const { $metadata: _, ...group } = await aws.identityStore.send(command);
  return group;
}

describe('groups', () => {
  test('are kept by CreateGroup and given back by DescribeGroup and ListGroups', async () => {
    const { $metadata: _, ...key } = await createGroup(admins);
    const by = 'arn:aws:iam::123456789012:root';
    const expected = { ...admins, ...key, CreatedAt: now, CreatedBy: by, UpdatedAt: now, UpdatedBy: by };
    expect(await describeGroup(key)).toEqual(expected);
    expect((await listGroups()).Groups?.at(-1)).toEqual(expected);
    const other = await createGroup({ ...admins, IdentityStoreId: emptyStore });
    expect(other.GroupId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('are changed by UpdateGroup, which unsets what has no value, and keep their place in lists', async () => {
    const { Description: _, ...before } = await describeGroup();
    time = new Date('2026-01-03T00:00:00Z');
    await updateGroup('displayName', 'Analyzers').finally(() => (time = now));
    const changed = { ...before, DisplayName: 'Analyzers', UpdatedAt: new Date('2026-01-03T00:00:00Z') };
    expect(await describeGroup()).toEqual({ ...changed, Description: analysts.description });
    await updateGroup('description');
    changed.UpdatedAt = now;
    expect((await listGroups()).Groups).toEqual([
      changed,
      expect.objectContaining({ DisplayName: 'Engineers' }),
    ]);
  });

  test('are gone after DeleteGroup, and their names are free', async () => {
    await deleteGroup();
    expect(await refusal(describeGroup())).toEqual({ ...noSuchGroup, ResourceId: GroupId });
    expect((await createGroup({ DisplayName: 'Analysts' })).GroupId).not.toBe(GroupId);
  });

  test('are found by GetGroupId and by the deprecated filter, whatever the case', async () => {
    expect(await getGroupId('DisplayName', 'ENGINEERS')).toMatchObject({ GroupId: engineers.groupId });
    expect(await refusal(getGroupId('displayName', 'nobody'))).toEqual(noSuchGroup);
    const filter = { AttributePath: 'displayName', AttributeValue: 'engineers' };
    expect((await listGroups({ Filters: [filter] })).Groups).toMatchObject([{ DisplayName: 'Engineers' }]);
  });

  test.each([
    ['displayName is a required attribute', () => createGroup({})],
    ['displayName is a required attribute', () => updateGroup('displayName')],
    [
      'The displayName is a reserved name and cannot be used',
      () => createGroup({ DisplayName: 'AWSAdministrators' }),
    ],
    [
      'The displayName is a reserved name and cannot be used',
      () => updateGroup('displayName', 'administrator'),
    ],
    ['The value of the attribute description must be a string', () => updateGroup('description', 5)],
    ['Updates for AttributePath: groupId is not supported', () => updateGroup('groupId', 'x')],
    ['Updates for AttributePath: DisplayName is not supported', () => updateGroup('DisplayName', 'x')],
    [
      'Updates for AttributePath: aws:identitystore:enterprise is not supported',
      () => updateGroup('aws:identitystore:enterprise', 'x'),
    ],
    ['The attribute description is not a unique attribute', () => getGroupId('description', 'x')],
    [
      'The attribute x cannot be used in a filter',
      () => listGroups({ Filters: [{ AttributePath: 'x', AttributeValue: 'x' }] }),
    ],
  ])('are refused: %s', async (message, call) => {
    expect(await refusal(call())).toEqual({
      name: 'ValidationException',
      message,
      status: 400,
      hasRequestId: true,
    });
    expect((await listGroups()).Groups).toMatchObject([
      { DisplayName: 'Analysts' },
      { DisplayName: 'Engineers' },
    ]);
  });

  test.each([
    ['CreateGroup', () => createGroup({ DisplayName: 'ANALYSTS' })],
    ['UpdateGroup', () => updateGroup('displayName', 'engineers')],
  ])('have names that are unique, which %s refuses otherwise', async (_, call) => {
    expect(await refusal(call())).toMatchObject({
      name: 'ConflictException',
      message: 'Duplicate GroupDisplayName',
      Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    });
  });

  test('are refused by UpdateGroup and DeleteGroup when they do not exist', async () => {
    const key = { GroupId: '9067012345-00000000-0000-0000-0000-000000000000' };
    const missing = { ...noSuchGroup, ResourceId: key.GroupId };
    expect(await refusal(updateGroup('description', 'x', key))).toEqual(missing);
    expect(await refusal(deleteGroup(key))).toEqual(missing);
  });
});
