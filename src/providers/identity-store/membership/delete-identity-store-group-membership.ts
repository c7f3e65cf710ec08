import { storeMutation } from '../store-operations.ts';
import { memberships } from './adapter.ts';
import { DeleteGroupMembership, DescribeGroupMembership } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

export const deleteIdentityStoreGroupMembership = storeMutation('deleteIdentityStoreGroupMembership', {
  description: 'Ends the membership of a user in a group of an identity store.',
  inputDescription: ['The membership to end', 'in an identity store'],
  successDescription: 'Returned when the user is no member any more.',
  scope: 'identity-store:memberships:delete',
  aws: [DeleteGroupMembership, DescribeGroupMembership],
  input: t => ({
    membershipId: t.string({ required: true, description: 'The id that AWS gave the membership.' }),
  }),
  run: (input, context) => context.aws(memberships).delete(input),
  success: t =>
    IdentityStoreGroupMembership.deleted(t, 'membership', {
      identityStoreId: 'The identity store of the user and the group.',
      membershipId: 'The id that AWS had given the membership.',
    }),
});
