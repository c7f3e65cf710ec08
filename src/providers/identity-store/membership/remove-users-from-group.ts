import { resultUnion } from '../../../schema/operation/result.ts';
import { storeMutation } from '../store-operations.ts';
import { type IdentityStoreGroupMembershipKey, memberships } from './adapter.ts';
import { asItem, itemsOf } from './items.ts';
import { DeleteGroupMembership, DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

// AWS deletes memberships by their ids alone.
const aws = [GetGroupMembershipId, DeleteGroupMembership, DescribeGroupMembership];

const outcome = resultUnion<IdentityStoreGroupMembershipKey>('RemoveUserFromGroupOutcome', {
  description: 'What can come of one user of `removeUsersFromGroup`.',
  successName: 'RemoveUserFromGroupSucceeded',
  successDescription: 'Returned when the user is no member any more.',
  aws,
  success: t =>
    IdentityStoreGroupMembership.deleted(t, 'membership', {
      identityStoreId: 'The identity store of the user and the group.',
      membershipId: 'The id that AWS had given the membership.',
    }),
});

export const removeUsersFromGroup = storeMutation('removeUsersFromGroup', {
  description:
    'Ends the memberships of users in a group of an identity store. Each has an outcome of its own: a `NotFoundError` if the user is no member.',
  inputDescription: ['Who is to be no more in which group', 'of an identity store'],
  successDescription: 'Returned when each user has an outcome.',
  scope: 'identity-store:memberships:delete',
  aws,
  ownInput: ['userIds'],
  batch: { items: 'userIds' },
  calls: 2,
  input: t => ({
    groupId: t.string({ required: true, description: 'The id of the group.' }),
    userIds: t.stringList({
      required: true,
      description: 'The ids of the users, any number of them; each costs two calls to AWS.',
    }),
  }),
  run: async ({ identityStoreId, groupId, userIds, idempotencyKey }, context) => {
    const ofGroup = context.aws(memberships);
    return {
      outcomes: await outcome.settleEach(
        async item => {
          const { userId } = item;
          const key = await asItem(
            item,
            ofGroup.getKey({ identityStoreId, groupId, userId, idempotencyKey }),
          );
          return ofGroup.delete({ ...key, idempotencyKey });
        },
        itemsOf(userIds),
        context,
      ),
    };
  },
  success: t => ({
    outcomes: t.expose('outcomes', {
      type: [outcome.type],
      nullable: { list: false, items: false },
      description: 'One for each user, in the order of `userIds`.',
    }),
  }),
});
