import { partOf } from '../../../schema/operation/node.ts';
import { storeMutation } from '../store-operations.ts';
import { users } from './adapter.ts';
import { attributeInputs } from './attribute-inputs.ts';
import { CreateUser, DescribeUser, GetUserId } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

export const createIdentityStoreUser = storeMutation('createIdentityStoreUser', {
  description: 'Creates a user of the workforce in an identity store of IAM Identity Center.',
  inputDescription: ['The user to create', 'in an identity store'],
  successDescription: 'Returned when the user was created.',
  scope: 'identity-store:users:create',
  aws: [CreateUser, GetUserId, DescribeUser],
  input: t => attributeInputs(t, ' AWS wants it of every new user.'),
  run: async (input, context) => ({ user: partOf(await context.aws(users).create(input)) }),
  success: t => ({
    user: t.expose('user', { type: IdentityStoreUser, nullable: false, description: 'The new user.' }),
  }),
});
