/** Who is in which group. */
export { addUsersToGroup } from './add-users-to-group.ts';
export { changeGroupMemberships } from './change-group-memberships.ts';
export { createIdentityStoreGroupMembership } from './create-identity-store-group-membership.ts';
export { deleteIdentityStoreGroupMembership } from './delete-identity-store-group-membership.ts';
export { examples } from './examples.ts';
export { membershipGroup } from './group.ts';
export { identityStoreGroupMembership } from './identity-store-group-membership.ts';
export { identityStoreGroupMemberships } from './identity-store-group-memberships.ts';
export { identityStoreGroupMembershipsForMember } from './identity-store-group-memberships-for-member.ts';
export { isMemberInGroups } from './is-member-in-groups.ts';
export { removeUsersFromGroup } from './remove-users-from-group.ts';
export { IdentityStoreGroupMembership } from './type.ts';
export { membershipUser } from './user.ts';
