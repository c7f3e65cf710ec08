import { mutation } from '../../../schema/operation.ts';
import { DeleteUser } from '../operations.ts';
import { identityStore } from '../session.ts';
import { IdentityStoreUser, idempotencyKeyDescription, storeIdDescription } from './type.ts';

export const deleteIdentityStoreUser = mutation('deleteIdentityStoreUser', {
  description: "Deletes a user from an identity store, and with it the user's memberships in groups.",
  inputDescription: 'The user to delete from an identity store.',
  successDescription: 'Returned when the user was deleted.',
  scope: 'identity-store:users:delete',
  aws: [DeleteUser],
  input: t => ({
    identityStoreId: t.string({ description: storeIdDescription }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
    idempotencyKey: t.string({
      description: `${idempotencyKeyDescription}a second delete meets a NotFoundError.`,
    }),
  }),
  run: (input, context) => context.session(identityStore).aws.deleteUser(input),
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
