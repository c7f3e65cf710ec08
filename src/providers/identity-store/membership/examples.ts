import type { Examples } from '../../../schema/examples.ts';

const ANALYSTS = '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1';
const ADA = '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1';
const ENGINEERS = '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000b2';
const GRACE = '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2';
const ALAN = '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3';

export const examples: Examples = {
  identityStoreGroupMembership: {
    args: { by: { userInGroup: { groupId: ANALYSTS, userId: ADA } } },
    select: 'id membershipId createdAt user { displayName } group { displayName }',
  },
  identityStoreGroupMemberships: {
    args: { groupId: ANALYSTS, first: 10 },
    select: 'edges { node { membershipId userId } } pageInfo { hasNextPage endCursor }',
  },
  identityStoreGroupMembershipsForMember: {
    args: { userId: ADA, first: 10 },
    select: 'edges { node { membershipId groupId } } pageInfo { hasNextPage endCursor }',
  },
  isMemberInGroups: {
    args: { userId: GRACE, groupIds: [ANALYSTS, ENGINEERS] },
    select: 'groupId membershipExists',
  },
  addUsersToGroup: {
    note: 'Alan becomes one of the Engineers. Ada is one already.',
    args: { input: { groupId: ENGINEERS, userIds: [ALAN, ADA] } },
    select:
      'outcomes { __typename ... on AddUserToGroupSucceeded { membership { membershipId userId } } ... on Error { code message } }',
  },
  removeUsersFromGroup: {
    note: 'Grace leaves the Engineers. Alan is none of them.',
    args: { input: { groupId: ENGINEERS, userIds: [GRACE, ALAN] } },
    select:
      'outcomes { __typename ... on RemoveUserFromGroupSucceeded { membershipId } ... on Error { code message } }',
  },
  changeGroupMemberships: {
    note: 'A bulk job: Grace leaves the Engineers, Alan becomes one of them.',
    args: {
      input: {
        source: {
          rows: [
            { change: 'REMOVE', user: { userName: 'grace' }, group: { displayName: 'Engineers' } },
            { change: 'ADD', user: { userName: 'alan' }, group: { displayName: 'Engineers' } },
          ],
        },
      },
    },
    select: 'job { id state counts { total waiting invalid } }',
  },
  createIdentityStoreGroupMembership: {
    note: 'Grace becomes one of the Analysts.',
    args: { input: { groupId: ANALYSTS, userId: GRACE } },
    select: 'membership { id membershipId groupId userId }',
  },
  deleteIdentityStoreGroupMembership: {
    note: "It is Ada's among the Engineers.",
    args: { input: { membershipId: '9067012345-2c3d4e5f-6071-4c8d-9e0f-0000000000b2' } },
    select: 'deletedMembershipId membershipId',
  },
};
