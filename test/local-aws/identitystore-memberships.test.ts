import {
  CreateGroupMembershipCommand,
  DeleteGroupCommand,
  DeleteGroupMembershipCommand,
  DeleteUserCommand,
  DescribeGroupMembershipCommand,
  GetGroupMembershipIdCommand,
  type GroupMembership,
  IsMemberInGroupsCommand,
  ListGroupMembershipsCommand,
  ListGroupMembershipsForMemberCommand,
} from '@aws-sdk/client-identitystore';
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { refusal, useLocalAws } from '../support/local-aws-clients.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const aws = useLocalAws({ clock: () => now });
const { identityStoreId: IdentityStoreId, users, groups, memberships } = demoWorld.identityStore;

const [ada, grace, alan] = users.map(({ userId }) => userId);
const [ANALYSTS, ENGINEERS] = groups.map(({ groupId }) => groupId);
const [{ membershipId: MembershipId }] = memberships;
const nothing = '9067012345-00000000-0000-0000-0000-000000000000';

type Ids = readonly [GroupId?: string, UserId?: string];

const inGroup = ([GroupId, UserId = '']: Ids) => ({ IdentityStoreId, GroupId, MemberId: { UserId } });
const join = (...ids: Ids) => aws.identityStore.send(new CreateGroupMembershipCommand(inGroup(ids)));
const getId = (...ids: Ids) => aws.identityStore.send(new GetGroupMembershipIdCommand(inGroup(ids)));

async function describeMembership(id?: string) {
  const command = new DescribeGroupMembershipCommand({ IdentityStoreId, MembershipId: id });
  const { $metadata: _, ...membership } = await aws.identityStore.send(command);
  return membership;
}

const leave = (id: string) =>
  aws.identityStore.send(new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId: id }));

const listOf = async (GroupId?: string): Promise<GroupMembership[] | undefined> =>
  (await aws.identityStore.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId })))
    .GroupMemberships;

const listFor = async (UserId = ''): Promise<GroupMembership[] | undefined> => {
  const command = new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId: { UserId } });
  return (await aws.identityStore.send(command)).GroupMemberships;
};

const isMember = (GroupIds: (string | undefined)[], UserId = '') =>
  aws.identityStore.send(
    new IsMemberInGroupsCommand({
      IdentityStoreId,
      MemberId: { UserId },
      GroupIds: GroupIds as string[],
    }),
  );

const membersOf = async (GroupId?: string) =>
  (await listOf(GroupId))?.map(({ MemberId }) => MemberId?.UserId);

const missing = (
  ResourceType: string,
  ResourceId: string | undefined,
  message = `${ResourceType} not found.`,
) => ({
  name: 'ResourceNotFoundException',
  message,
  status: 400,
  hasRequestId: true,
  ResourceType,
  ...(ResourceId !== undefined && { ResourceId }),
});

describe('memberships', () => {
  test('are kept by CreateGroupMembership and given back whole by every operation that tells of them', async () => {
    const { $metadata: _, ...key } = await join(ANALYSTS, grace);
    expect(key).toEqual({
      IdentityStoreId,
      MembershipId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    const by = 'arn:aws:iam::123456789012:root';
    const expected = {
      ...key,
      GroupId: ANALYSTS,
      MemberId: { UserId: grace },
      CreatedAt: now,
      CreatedBy: by,
      UpdatedAt: now,
      UpdatedBy: by,
    };
    expect(await describeMembership(key.MembershipId)).toEqual(expected);
    expect((await listOf(ANALYSTS))?.at(-1)).toEqual(expected);
    expect((await listFor(grace))?.at(-1)).toEqual(expected);
    const { $metadata: __, ...found } = await getId(ANALYSTS, grace);
    expect(found).toEqual(key);
  });

  test('are listed in the order of their making, by group and by member', async () => {
    expect(await membersOf(ANALYSTS)).toEqual([ada, alan]);
    expect((await listFor(ada))?.map(({ GroupId }) => GroupId)).toEqual([ANALYSTS, ENGINEERS]);
  });

  test('are told by IsMemberInGroups for each group in the order asked, also for one that does not exist', async () => {
    const { Results } = await isMember([ENGINEERS, nothing, ANALYSTS], alan);
    expect(Results).toEqual(
      [
        [ENGINEERS, false],
        [nothing, false],
        [ANALYSTS, true],
      ].map(([GroupId, MembershipExists]) => ({ GroupId, MemberId: { UserId: alan }, MembershipExists })),
    );
  });

  test('are gone after DeleteGroupMembership, and can be made again', async () => {
    const { $metadata: _, ...answer } = await leave(MembershipId);
    expect(answer).toEqual({});
    expect(await membersOf(ANALYSTS)).toEqual([alan]);
    expect(await refusal(describeMembership(MembershipId))).toEqual(
      missing('GROUP_MEMBERSHIP', MembershipId),
    );
    expect((await join(ANALYSTS, ada)).MembershipId).not.toBe(MembershipId);
  });

  test('go with their user, and with their group', async () => {
    await aws.identityStore.send(new DeleteUserCommand({ IdentityStoreId, UserId: ada }));
    expect(await membersOf(ANALYSTS)).toEqual([alan]);
    await aws.identityStore.send(new DeleteGroupCommand({ IdentityStoreId, GroupId: ANALYSTS }));
    expect(await listFor(alan)).toEqual([]);
    expect(await listFor(grace)).toHaveLength(1);
  });

  test('are made once for a user and a group', async () => {
    expect(await refusal(join(ANALYSTS, ada))).toEqual({
      name: 'ConflictException',
      message: 'Member and Group relationship already exists',
      status: 400,
      hasRequestId: true,
      Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    });
    expect(await membersOf(ANALYSTS)).toEqual([ada, alan]);
  });

  test.each<[operation: string, call: () => Promise<unknown>, refused: object]>([
    ['CreateGroupMembership', () => join(nothing, ada), missing('GROUP', nothing, 'Group does not exist')],
    [
      'CreateGroupMembership',
      () => join(ANALYSTS, nothing),
      missing('USER', nothing, 'Member does not exist'),
    ],
    [
      'GetGroupMembershipId',
      () => getId(ANALYSTS, grace),
      missing('GROUP_MEMBERSHIP', undefined, 'Group membership not found for given Pool/Group/Member.'),
    ],
    ['DescribeGroupMembership', () => describeMembership(nothing), missing('GROUP_MEMBERSHIP', nothing)],
    ['DeleteGroupMembership', () => leave(nothing), missing('GROUP_MEMBERSHIP', nothing)],
    ['IsMemberInGroups', () => isMember([ANALYSTS], nothing), missing('USER', nothing)],
    ['ListGroupMemberships', () => listOf(nothing), missing('GROUP', nothing)],
    ['ListGroupMembershipsForMember', () => listFor(nothing), missing('USER', nothing)],
  ])('are refused by %s where something is missing', async (_, call, refused) => {
    expect(await refusal(call())).toEqual(refused);
  });

  test('name a user: an empty id breaks two constraints', async () => {
    const { message } = (await refusal(join(ANALYSTS, ''))) as { message: string };
    expect(message).toContain('2 validation errors detected: ');
    expect(message.match(/at 'memberId\.userId' failed/g)).toHaveLength(2);
  });
});
