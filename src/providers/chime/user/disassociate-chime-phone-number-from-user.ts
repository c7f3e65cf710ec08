import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { DisassociatePhoneNumberFromUser, GetUser } from './operations.ts';
import { ChimeUser } from './type.ts';

export const disassociateChimePhoneNumberFromUser = mutation('disassociateChimePhoneNumberFromUser', {
  description:
    'Takes the main phone number from a user of an Amazon Chime account; it stays in the inventory of the AWS account. AWS ' +
    'ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The user to take the phone number from', 'in a Chime account'],
  successDescription: 'Returned when the user does not have the number any more.',
  scope: 'chime:users:disassociate-phone-number',
  aws: [DisassociatePhoneNumberFromUser, GetUser],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the user.' }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
  }),
  run: (input, context) => context.aws(users).disassociatePhoneNumber(input),
  success: t => ({ user: ChimeUser.afterChange(t, 'The user') }),
});
