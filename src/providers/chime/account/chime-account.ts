import { query } from '../../../schema/operation/query.ts';
import { accountByKey } from './loaders.ts';
import { GetAccount } from './operations.ts';
import { ChimeAccount } from './type.ts';

export const chimeAccount = query('chimeAccount', {
  description: 'Finds a Chime account; null when it does not exist.',
  scope: 'chime:accounts:read',
  aws: [GetAccount],
  type: ChimeAccount,
  args: t => ({ accountId: t.string({ required: true, description: 'The id that AWS gave it.' }) }),
  run: (key, context) => context.find(accountByKey, key),
});
