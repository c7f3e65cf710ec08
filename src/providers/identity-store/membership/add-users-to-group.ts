import { partOf } from '../../../schema/operation/node.ts';
import { resultUnion } from '../../../schema/operation/result.ts';
import { storeMutation } from '../store-operations.ts';
import { type IdentityStoreGroupMembership as Membership, memberships } from './adapter.ts';
import { asItem, itemsOf } from './items.ts';
import { CreateGroupMembership, DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

const aws = [CreateGroupMembership, GetGroupMembershipId, DescribeGroupMembership];

const outcome = resultUnion<{ readonly membership: Membership }>('AddUserToGroupOutcome', {
  description: 'What can come of one user of `addUsersToGroup`.',
  successName: 'AddUserToGroupSucceeded',
  successDescription: 'Returned when the user was made a member.',
  aws,
  success: t => ({
    membership: t.expose('membership', {
      type: IdentityStoreGroupMembership,
      nullable: false,
      description: 'The new membership.',
    }),
  }),
});

export const addUsersToGroup = storeMutation('addUsersToGroup', {
  description:
    'Makes users members of a group of an identity store. Each has an outcome of its own: a `ConflictError` if the user is one already.',
  inputDescription: ['Who is to be in which group', 'of an identity store'],
  successDescription: 'Returned when each user has an outcome.',
  scope: 'identity-store:memberships:create',
  aws,
  ownInput: ['userIds'],
  batch: { items: 'userIds' },
  input: t => ({
    groupId: t.string({ required: true, description: 'The id of the group.' }),
    userIds: t.stringList({
      required: true,
      description: 'The ids of the users, any number of them; each costs a call to AWS.',
    }),
  }),
  run: async ({ userIds, ...input }, context) => ({
    outcomes: await outcome.settleEach(
      async item => {
        const { userId } = item;
        const created = context.aws(memberships).create({ ...input, userId });
        return { membership: partOf(await asItem(item, created)) };
      },
      itemsOf(userIds),
      context,
    ),
  }),
  success: t => ({
    outcomes: t.expose('outcomes', {
      type: [outcome.type],
      nullable: { list: false, items: false },
      description: 'One for each user, in the order of `userIds`.',
    }),
  }),
});
