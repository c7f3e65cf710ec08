import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { AssociatePhoneNumberWithUser, GetUser } from './operations.ts';
import { ChimeUser } from './type.ts';

export const associateChimePhoneNumberWithUser = mutation('associateChimePhoneNumberWithUser', {
  description:
    'Gives a phone number to a user of an Amazon Chime account. The number has to be in the inventory of the AWS account, ' +
    'for Business Calling. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The phone number to give to a user', 'in a Chime account'],
  successDescription: 'Returned when the user has the number.',
  scope: 'chime:users:associate-phone-number',
  aws: [AssociatePhoneNumberWithUser, GetUser],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the user.' }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
    e164PhoneNumber: t.string({
      required: true,
      description: 'The number in the format E.164, such as `+12065550100`.',
    }),
  }),
  run: (input, context) => context.aws(users).associatePhoneNumber(input),
  success: t => ({ user: ChimeUser.afterChange(t, 'The user') }),
});
