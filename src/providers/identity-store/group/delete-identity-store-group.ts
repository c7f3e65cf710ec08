import { storeMutation } from '../store-operations.ts';
import { groups } from './adapter.ts';
import { DeleteGroup, DescribeGroup } from './operations.ts';
import { IdentityStoreGroup } from './type.ts';

export const deleteIdentityStoreGroup = storeMutation('deleteIdentityStoreGroup', {
  description: 'Deletes a group from an identity store, and with it the memberships of its users.',
  inputDescription: ['The group to delete', 'from an identity store'],
  successDescription: 'Returned when the group was deleted.',
  scope: 'identity-store:groups:delete',
  aws: [DeleteGroup, DescribeGroup],
  input: t => ({ groupId: t.string({ required: true, description: 'The id that AWS gave the group.' }) }),
  run: (input, context) => context.aws(groups).delete(input),
  success: t =>
    IdentityStoreGroup.deleted(t, 'group', {
      identityStoreId: 'The identity store that the group belonged to.',
      groupId: 'The id that AWS had given the group.',
    }),
});
