import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { GetUser, LogoutUser } from './operations.ts';
import { ChimeUser } from './type.ts';

export const logOutChimeUser = mutation('logOutChimeUser', {
  description:
    'Signs a user of an Amazon Chime account out of all devices. The user may sign in again. AWS ended support for Amazon ' +
    'Chime on 2026-02-20.',
  inputDescription: ['The user to sign out', 'of Amazon Chime'],
  successDescription: 'Returned when the user was signed out.',
  scope: 'chime:users:log-out',
  aws: [LogoutUser, GetUser],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the user.' }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
  }),
  run: (input, context) => context.aws(users).logOut(input),
  success: t => ({ user: ChimeUser.afterChange(t, 'The user') }),
});
