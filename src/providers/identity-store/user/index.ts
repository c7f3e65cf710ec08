/** Users of the workforce. */
export { createIdentityStoreUser } from './create-identity-store-user.ts';
export { deleteIdentityStoreUser } from './delete-identity-store-user.ts';
export { examples } from './examples.ts';
export { identityStoreUser } from './identity-store-user.ts';
export { identityStoreUsers } from './identity-store-users.ts';
export { IdentityStoreUser } from './type.ts';
export { updateIdentityStoreUser } from './update-identity-store-user.ts';
