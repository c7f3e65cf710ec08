import { found } from '../../../aws/look-up.ts';
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { query } from '../../../schema/operation.ts';
import { MAX_USER_PAGE } from '../adapter.ts';
import { ListUsers } from '../operations.ts';
import { identityStore } from '../session.ts';
import { IdentityStoreUser, storeIdDescription } from './type.ts';

export const identityStoreUsers = query('identityStoreUsers', {
  description:
    'The users of an identity store, in the order that AWS gives them; null when the store does not exist.',
  scope: 'identity-store:users:read',
  aws: [ListUsers],
  type: connectionType(IdentityStoreUser, 'Users of an identity store'),
  args: t => ({ identityStoreId: t.string({ description: storeIdDescription }), ...forwardArgs(t) }),
  run: ({ identityStoreId, ...args }, context) => {
    const { aws } = context.session(identityStore);
    const storeId = aws.storeId(identityStoreId);
    return found(
      resolveConnection(args, MAX_USER_PAGE, (size, token) => aws.listUsers(storeId, size, token)),
    );
  },
});
