import { mutation } from '../../../schema/operation/mutation.ts';
import { inStore, storeIdDescription } from '../store.ts';
import { users } from './adapter.ts';
import { DeleteUser, DescribeUser } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

export const deleteIdentityStoreUser = mutation('deleteIdentityStoreUser', {
  description: "Deletes a user from an identity store, and with it the user's memberships in groups.",
  inputDescription: ['The user to delete', 'from an identity store'],
  successDescription: 'Returned when the user was deleted.',
  scope: 'identity-store:users:delete',
  aws: [DeleteUser, DescribeUser],
  input: t => ({
    identityStoreId: t.string({ description: storeIdDescription }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
  }),
  run: (input, context) => context.aws(users).delete(inStore(context, input)),
  success: t => ({
    deletedUserId: t.id({
      nullable: false,
      description: 'The global id that the user had.',
      resolve: IdentityStoreUser.globalId,
    }),
    identityStoreId: t.exposeString('identityStoreId', {
      nullable: false,
      description: 'The identity store that the user belonged to.',
    }),
    userId: t.exposeString('userId', {
      nullable: false,
      description: 'The id that AWS had given the user.',
    }),
  }),
});
