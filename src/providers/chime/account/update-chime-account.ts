import { mutation } from '../../../schema/operation/mutation.ts';
import { ChimeLicense } from '../license.ts';
import { accounts } from './adapter.ts';
import { UpdateAccount } from './operations.ts';
import { ChimeAccount } from './type.ts';

export const updateChimeAccount = mutation('updateChimeAccount', {
  description:
    'Changes an Amazon Chime account: what is absent stays as it is. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['What to change', 'of a Chime account'],
  successDescription: 'Returned when the account was changed.',
  scope: 'chime:accounts:update',
  aws: [UpdateAccount],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to change.' }),
    name: t.string({ description: 'The name of the account.' }),
    defaultLicense: t.field({
      type: ChimeLicense,
      description:
        'The licence of users to come, one that the account supports. Users who are there keep theirs.',
    }),
  }),
  run: async (input, context) => ({ account: await context.aws(accounts).update(input) }),
  success: t => ({
    account: t.expose('account', {
      type: ChimeAccount,
      nullable: false,
      description: 'The account after the change.',
    }),
  }),
});
