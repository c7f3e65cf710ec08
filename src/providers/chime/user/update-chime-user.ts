import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { GetUser, UpdateUser } from './operations.ts';
import { ChimeUser } from './type.ts';
import { updatedUser } from './update.ts';

export const updateChimeUser = mutation('updateChimeUser', {
  description:
    'Changes a user of an Amazon Chime account: what is absent stays as it is. AWS documents it for the licence alone. AWS ' +
    'ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['What to change of a user', 'in a Chime account'],
  successDescription: 'Returned when the user was changed.',
  scope: 'chime:users:update',
  aws: [UpdateUser, GetUser],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the user.' }),
    ...updatedUser(t),
  }),
  run: (input, context) => context.aws(users).update(input),
  success: t => ({ user: ChimeUser.afterChange(t, 'The user') }),
});
