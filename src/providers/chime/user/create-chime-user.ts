import { mutation } from '../../../schema/operation.ts';
import { CreateUser } from '../operations.ts';
import { chime } from '../session.ts';
import { ChimeUser, ChimeUserType } from './type.ts';

export const createChimeUser = mutation('createChimeUser', {
  description:
    'Creates a user in an Amazon Chime account. Amazon Chime cannot delete users, so there is no mutation that ' +
    'undoes this. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: 'The user to create in a Chime account.',
  successDescription: 'Returned when the user was created.',
  scope: 'chime:users:create',
  aws: [CreateUser],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account to create the user in.' }),
    username: t.string({ description: 'The name of the user.' }),
    email: t.string({ description: 'The e-mail address of the user.' }),
    userType: t.field({ type: ChimeUserType, description: 'Who or what the user is; a person if absent.' }),
    idempotencyKey: t.string({
      description:
        'A key of yours for this request: 1 to 64 letters, digits, "-" and "_". AWS has no place for it in this ' +
        'operation, so a repeat is not recognised: a second create meets a ConflictError.',
    }),
  }),
  run: async (input, context) => ({ user: await context.session(chime).aws.createUser(input) }),
  success: t => ({
    user: t.field({
      type: ChimeUser,
      nullable: false,
      description: 'The new user.',
      resolve: ({ user }) => user,
    }),
  }),
});
