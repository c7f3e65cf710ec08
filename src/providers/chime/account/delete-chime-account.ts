import { mutation } from '../../../schema/operation/mutation.ts';
import { accounts } from './adapter.ts';
import { DeleteAccount, GetAccount } from './operations.ts';
import { ChimeAccount } from './type.ts';

export const deleteChimeAccount = mutation('deleteChimeAccount', {
  description:
    'Deletes an Amazon Chime account. The users of a Team account are suspended first; an Enterprise account releases its ' +
    'domains first, which no API does. AWS keeps a deleted account for 90 days, in which only AWS Support can restore it. ' +
    'AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The account to delete', 'of Amazon Chime'],
  successDescription: 'Returned when the account was deleted.',
  scope: 'chime:accounts:delete',
  aws: [DeleteAccount, GetAccount],
  input: t => ({ accountId: t.string({ required: true, description: 'The Chime account to delete.' }) }),
  run: (input, context) => context.aws(accounts).delete(input),
  success: t => ChimeAccount.deleted(t, 'account', { accountId: 'The id that AWS had given the account.' }),
});
