import { storeList } from '../store-operations.ts';
import { groups } from './adapter.ts';
import { ListGroups } from './operations.ts';
import { IdentityStoreGroup } from './type.ts';

export const identityStoreGroups = storeList('identityStoreGroups', {
  description:
    'The groups of an identity store, in the order that AWS gives them; null when the store does not exist.',
  scope: 'identity-store:groups:read',
  operation: ListGroups,
  type: IdentityStoreGroup,
  nodes: 'Groups of an identity store',
  list: (page, context) => context.aws(groups).list(page),
});
