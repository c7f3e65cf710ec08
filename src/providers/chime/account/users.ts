import { listField } from '../../../schema/operation/lists.ts';
import { users } from '../user/adapter.ts';
import { ListUsers } from '../user/operations.ts';
import { ChimeUser } from '../user/type.ts';
import { ChimeAccount } from './type.ts';

export const accountUsers = listField(ChimeAccount, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'chime:users:read',
  operation: ListUsers,
  type: ChimeUser,
  nodes: 'Users of a Chime account',
  of: ({ accountId }) => ({ accountId }),
  list: (request, context) => context.aws(users).list(request),
});
