import { attributesOf } from '../store-adapter.ts';
import { storeMutation } from '../store-operations.ts';
import { users } from './adapter.ts';
import { attributeInputs } from './attribute-inputs.ts';
import { CreateUser, DescribeUser, UpdateUser } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

export const updateIdentityStoreUser = storeMutation('updateIdentityStoreUser', {
  description:
    'Changes a user of an identity store: what is absent stays as it is, null unsets. The parts of a name and lists are replaced as a whole, as is each extension.',
  inputDescription: ['What to change of a user', 'in an identity store'],
  successDescription: 'Returned when the user was changed.',
  scope: 'identity-store:users:update',
  aws: [UpdateUser, DescribeUser],
  // AWS takes them as operations on attributes.
  ownInput: attributesOf(CreateUser),
  input: t => ({
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
    ...attributeInputs(t),
  }),
  run: (input, context) => context.aws(users).update(input),
  success: t => ({ user: IdentityStoreUser.afterChange(t, 'The user') }),
});
