import { partOf } from '../../../schema/operation/node.ts';
import { textInputs } from '../../../schema/operation/texts.ts';
import { storeMutation } from '../store-operations.ts';
import { users } from './adapter.ts';
import { descriptions, texts } from './descriptions.ts';
import { CreateUser, DescribeUser, GetUserId } from './operations.ts';
import * as profile from './profile.ts';
import { IdentityStoreUser } from './type.ts';

export const createIdentityStoreUser = storeMutation('createIdentityStoreUser', {
  description: 'Creates a user of the workforce in an identity store of IAM Identity Center.',
  inputDescription: ['The user to create', 'in an identity store'],
  successDescription: 'Returned when the user was created.',
  scope: 'identity-store:users:create',
  aws: [CreateUser, GetUserId, DescribeUser],
  input: t => ({
    userName: t.string({ description: `${descriptions.userName} AWS wants it of every new user.` }),
    name: t.field({ type: profile.name.input, description: descriptions.name }),
    ...textInputs(t, texts),
    emails: t.field({ type: [profile.email.input], description: descriptions.emails }),
    addresses: t.field({ type: [profile.address.input], description: descriptions.addresses }),
    phoneNumbers: t.field({ type: [profile.phoneNumber.input], description: descriptions.phoneNumbers }),
    photos: t.field({ type: [profile.photo.input], description: descriptions.photos }),
    roles: t.field({ type: [profile.role.input], description: descriptions.roles }),
    extensions: t.field({ type: 'JSONObject', description: descriptions.extensions }),
  }),
  run: async (input, context) => ({ user: partOf(await context.aws(users).create(input)) }),
  success: t => ({
    user: t.expose('user', { type: IdentityStoreUser, nullable: false, description: 'The new user.' }),
  }),
});
