import { found } from '../../../adapter/look-up.ts';
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { query } from '../../../schema/operation/query.ts';
import { inStore, storeIdDescription } from '../store.ts';
import { users } from './adapter.ts';
import { ListUsers } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

export const identityStoreUsers = query('identityStoreUsers', {
  description:
    'The users of an identity store, in the order that AWS gives them; null when the store does not exist.',
  scope: 'identity-store:users:read',
  aws: [ListUsers],
  type: connectionType(IdentityStoreUser, 'Users of an identity store'),
  args: t => ({ identityStoreId: t.string({ description: storeIdDescription }), ...forwardArgs(t) }),
  run: (args, context) => {
    const { identityStoreId } = inStore(context, args);
    return found(
      resolveConnection(args, ListUsers, page => context.aws(users).list({ identityStoreId, ...page })),
    );
  },
});
