import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { field } from '../../../schema/operation/query.ts';
import { users } from '../user/adapter.ts';
import { ListUsers } from '../user/operations.ts';
import { ChimeUser } from '../user/type.ts';
import { ChimeAccount } from './type.ts';

export const accountUsers = field(ChimeAccount, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'chime:users:read',
  aws: [ListUsers],
  type: connectionType(ChimeUser, 'Users of a Chime account'),
  nullable: false,
  args: forwardArgs,
  run: ({ accountId }, args, context) =>
    resolveConnection(args, ListUsers, page => context.aws(users).list({ accountId, ...page })),
});
