import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { CreateUser, ListUsers } from './operations.ts';
import { ChimeUser, ChimeUserType } from './type.ts';

export const createChimeUser = mutation('createChimeUser', {
  description:
    'Creates a user in an Amazon Chime account. Amazon Chime cannot delete users, so there is no mutation that ' +
    'undoes this. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The user to create', 'in a Chime account'],
  successDescription: 'Returned when the user was created.',
  scope: 'chime:users:create',
  aws: [CreateUser, ListUsers],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to create the user in.' }),
    username: t.string({ description: 'The name of the user.' }),
    email: t.string({ description: 'The e-mail address of the user.' }),
    userType: t.field({ type: ChimeUserType, description: 'Who or what the user is; a person if absent.' }),
  }),
  run: async (input, context) => ({ user: await context.aws(users).create(input) }),
  success: t => ({
    user: t.expose('user', { type: ChimeUser, nullable: false, description: 'The new user.' }),
  }),
});
