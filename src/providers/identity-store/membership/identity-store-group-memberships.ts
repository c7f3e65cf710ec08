import { storeList } from '../store-operations.ts';
import { memberships } from './adapter.ts';
import { ListGroupMemberships } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

export const identityStoreGroupMemberships = storeList('identityStoreGroupMemberships', {
  description:
    'The memberships of a group of an identity store, in the order that AWS gives them; null when the group or the store does not exist.',
  scope: 'identity-store:memberships:read',
  operation: ListGroupMemberships,
  type: IdentityStoreGroupMembership,
  nodes: 'Memberships in groups of an identity store',
  args: t => ({ groupId: t.string({ required: true, description: 'The id of the group.' }) }),
  list: (page, context) => context.aws(memberships).listOfGroup(page),
});
