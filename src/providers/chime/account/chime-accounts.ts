import { listQuery } from '../../../schema/operation/lists.ts';
import { accounts } from './adapter.ts';
import { ListAccounts } from './operations.ts';
import { ChimeAccount } from './type.ts';

export const chimeAccounts = listQuery('chimeAccounts', {
  description: 'The Chime accounts of the AWS account, in the order that AWS gives them.',
  scope: 'chime:accounts:read',
  operation: ListAccounts,
  type: ChimeAccount,
  nodes: 'Chime accounts',
  list: (request, context) => context.aws(accounts).list(request),
});
