import { mutation } from '../../../schema/operation/mutation.ts';
import { accounts } from './adapter.ts';
import { CreateAccount } from './operations.ts';
import { ChimeAccount } from './type.ts';

export const createChimeAccount = mutation('createChimeAccount', {
  description:
    'Creates an Amazon Chime account of the type TEAM, the only one that AWS makes here. Several accounts may have the ' +
    'same name, so that a repeat makes another one. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The Chime account to create', 'in the AWS account'],
  successDescription: 'Returned when the account was created.',
  scope: 'chime:accounts:create',
  aws: [CreateAccount],
  input: t => ({ name: t.string({ required: true, description: 'The name of the account.' }) }),
  run: async (input, context) => ({ account: await context.aws(accounts).create(input) }),
  success: t => ({
    account: t.expose('account', { type: ChimeAccount, nullable: false, description: 'The new account.' }),
  }),
});
