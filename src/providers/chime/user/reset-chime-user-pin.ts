import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { ResetPersonalPIN } from './operations.ts';
import { ChimeUser } from './type.ts';

export const resetChimeUserPin = mutation('resetChimeUserPin', {
  description:
    "Gives a user of an Amazon Chime account another personal PIN, with which others join the user's meetings. The old one " +
    'does not work any more. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The user who gets another PIN', 'in a Chime account'],
  successDescription: 'Returned when the user has another PIN.',
  scope: 'chime:users:reset-pin',
  aws: [ResetPersonalPIN],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the user.' }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
  }),
  run: async (input, context) => ({ user: await context.aws(users).resetPin(input) }),
  success: t => ({
    user: t.expose('user', { type: ChimeUser, nullable: false, description: 'The user, with the new PIN.' }),
  }),
});
