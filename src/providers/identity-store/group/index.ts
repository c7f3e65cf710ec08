/** Groups of users of the workforce. */
export { createIdentityStoreGroup } from './create-identity-store-group.ts';
export { deleteIdentityStoreGroup } from './delete-identity-store-group.ts';
export { examples } from './examples.ts';
export { identityStoreGroup } from './identity-store-group.ts';
export { identityStoreGroups } from './identity-store-groups.ts';
export { groupMembers } from './members.ts';
export { IdentityStoreGroup } from './type.ts';
export { updateIdentityStoreGroup } from './update-identity-store-group.ts';
