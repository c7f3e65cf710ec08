import { storeBatch } from '../store-operations.ts';
import { memberships } from './adapter.ts';
import { DeleteGroupMembership, DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';
import { requestFor, userIn, userSentAs, usersAndGroup } from './users-and-group.ts';

export const removeUsersFromGroup = storeBatch('removeUsersFromGroup', {
  description:
    'Ends the memberships of users in a group of an identity store. Each has an outcome of its own: a `NotFoundError` if the user is no member.',
  inputDescription: ['Who is to be no more in which group', 'of an identity store'],
  scope: 'identity-store:memberships:delete',
  // AWS deletes memberships by their ids alone.
  operation: GetGroupMembershipId,
  further: [DeleteGroupMembership, DescribeGroupMembership],
  calls: 2,
  input: t => usersAndGroup(t, 'two calls'),
  list: 'userIds',
  each: { input: (userId, input) => requestFor(userId, input), sentAs: userSentAs },
  keyOf: userId => userId,
  run: async (part, context) => {
    const ofGroup = context.aws(memberships);
    const { idempotencyKey } = part;
    const key = await ofGroup.getKey(userIn(part));
    return { outcomes: [await ofGroup.delete({ ...key, idempotencyKey })] };
  },
  outcome: {
    stem: 'RemoveUserFromGroup',
    description: 'What can come of one user of `removeUsersFromGroup`.',
    successDescription: 'Returned when the user is no member any more.',
    success: t =>
      IdentityStoreGroupMembership.deleted(t, 'membership', {
        identityStoreId: 'The identity store of the user and the group.',
        membershipId: 'The id that AWS had given the membership.',
      }),
  },
});
