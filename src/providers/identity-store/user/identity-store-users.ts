import { storeList } from '../store-operations.ts';
import { users } from './adapter.ts';
import { ListUsers } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

export const identityStoreUsers = storeList('identityStoreUsers', {
  description:
    'The users of an identity store, in the order that AWS gives them; null when the store does not exist.',
  scope: 'identity-store:users:read',
  operation: ListUsers,
  type: IdentityStoreUser,
  nodes: 'Users of an identity store',
  list: (page, context) => context.aws(users).list(page),
});
