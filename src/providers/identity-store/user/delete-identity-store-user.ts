import { storeMutation } from '../store-operations.ts';
import { users } from './adapter.ts';
import { DeleteUser, DescribeUser } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

export const deleteIdentityStoreUser = storeMutation('deleteIdentityStoreUser', {
  description: "Deletes a user from an identity store, and with it the user's memberships in groups.",
  inputDescription: ['The user to delete', 'from an identity store'],
  successDescription: 'Returned when the user was deleted.',
  scope: 'identity-store:users:delete',
  aws: [DeleteUser, DescribeUser],
  input: t => ({ userId: t.string({ required: true, description: 'The id that AWS gave the user.' }) }),
  run: (input, context) => context.aws(users).delete(input),
  success: t =>
    IdentityStoreUser.deleted(t, 'user', {
      identityStoreId: 'The identity store that the user belonged to.',
      userId: 'The id that AWS had given the user.',
    }),
});
