import { storeList } from '../store-operations.ts';
import { memberships } from './adapter.ts';
import { ListGroupMembershipsForMember } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

export const identityStoreGroupMembershipsForMember = storeList('identityStoreGroupMembershipsForMember', {
  description:
    'The memberships of a user of an identity store, in the order that AWS gives them; null when the user or the store does not exist.',
  scope: 'identity-store:memberships:read',
  operation: ListGroupMembershipsForMember,
  type: IdentityStoreGroupMembership,
  nodes: 'Memberships in groups of an identity store',
  args: t => ({ userId: t.string({ required: true, description: 'The id of the user.' }) }),
  list: (page, context) => context.aws(memberships).listOfUser(page),
});
