import { field } from '../../../schema/operation/query.ts';
import { userByKey } from '../user/loaders.ts';
import { DescribeUser } from '../user/operations.ts';
import { IdentityStoreUser } from '../user/type.ts';
import { IdentityStoreGroupMembership } from './type.ts';

export const membershipUser = field(IdentityStoreGroupMembership, 'user', {
  description: 'The user; null when it does not exist any more.',
  scope: 'identity-store:users:read',
  aws: [DescribeUser],
  type: IdentityStoreUser,
  args: () => ({}),
  run: ({ identityStoreId, userId }, _args, context) => context.find(userByKey, { identityStoreId, userId }),
});
