import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { query } from '../../../schema/operation/query.ts';
import { accounts } from './adapter.ts';
import { ListAccounts } from './operations.ts';
import { ChimeAccount } from './type.ts';

export const chimeAccounts = query('chimeAccounts', {
  description: 'The Chime accounts of the AWS account, in the order that AWS gives them.',
  scope: 'chime:accounts:read',
  aws: [ListAccounts],
  type: connectionType(ChimeAccount, 'Chime accounts'),
  args: forwardArgs,
  run: (args, context) => resolveConnection(args, ListAccounts, page => context.aws(accounts).list(page)),
});
