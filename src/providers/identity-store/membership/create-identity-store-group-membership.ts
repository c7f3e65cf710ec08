import { partOf } from '../../../schema/operation/node.ts';
import { storeMutation } from '../store-operations.ts';
import { memberships } from './adapter.ts';
import { CreateGroupMembership, DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

export const createIdentityStoreGroupMembership = storeMutation('createIdentityStoreGroupMembership', {
  description: 'Makes a user a member of a group of an identity store.',
  inputDescription: ['Who is to be in which group', 'of an identity store'],
  successDescription: 'Returned when the user was made a member.',
  scope: 'identity-store:memberships:create',
  aws: [CreateGroupMembership, GetGroupMembershipId, DescribeGroupMembership],
  // AWS takes it as one of the kinds of members, of which it has no other.
  ownInput: ['userId'],
  input: t => ({
    groupId: t.string({ required: true, description: 'The id of the group.' }),
    userId: t.string({ required: true, description: 'The id of the user.' }),
  }),
  run: async (input, context) => ({ membership: partOf(await context.aws(memberships).create(input)) }),
  success: t => ({
    membership: t.expose('membership', {
      type: IdentityStoreGroupMembership,
      nullable: false,
      description: 'The new membership.',
    }),
  }),
});
