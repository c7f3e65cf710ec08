import { partOf } from '../../../schema/operation/node.ts';
import { storeBatch } from '../store-operations.ts';
import { memberships } from './adapter.ts';
import { CreateGroupMembership, DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';
import { requestFor, userIn, userSentAs, usersAndGroup } from './users-and-group.ts';

export const addUsersToGroup = storeBatch('addUsersToGroup', {
  description:
    'Makes users members of a group of an identity store. Each has an outcome of its own: a `ConflictError` if the user is one already.',
  inputDescription: ['Who is to be in which group', 'of an identity store'],
  scope: 'identity-store:memberships:create',
  operation: CreateGroupMembership,
  further: [GetGroupMembershipId, DescribeGroupMembership],
  input: t => usersAndGroup(t, 'a call'),
  list: 'userIds',
  each: { input: (userId, input) => requestFor(userId, input), sentAs: userSentAs },
  keyOf: userId => userId,
  run: async (part, context) => {
    const created = await context.aws(memberships).create(userIn(part));
    return { outcomes: [{ membership: partOf(created) }] };
  },
  outcome: {
    stem: 'AddUserToGroup',
    description: 'What can come of one user of `addUsersToGroup`.',
    successDescription: 'Returned when the user was made a member.',
    success: t => ({
      membership: t.expose('membership', {
        type: IdentityStoreGroupMembership,
        nullable: false,
        description: 'The new membership.',
      }),
    }),
  },
});
