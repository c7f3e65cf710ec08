import { builder } from '../../../schema/builder.ts';
import { nodeType, stored } from '../../../schema/operation/node.ts';
import { textFields } from '../../../schema/operation/texts.ts';
import { afterCreate, storedFields } from '../stored-fields.ts';
import { userKey } from './adapter.ts';
import { descriptions, texts } from './descriptions.ts';
import { userByKey } from './loaders.ts';
import { DescribeUser } from './operations.ts';
import * as profile from './profile.ts';

const IdentityStoreUserStatus = builder.enumType('IdentityStoreUserStatus', {
  description: 'Whether a user may sign in.',
  values: {
    ENABLED: { description: 'The user may sign in.' },
    DISABLED: { description: 'The user may not sign in.' },
  },
});

const listOf = { list: true, items: false } as const;

export const IdentityStoreUser = nodeType('IdentityStoreUser', {
  description: 'A user of the workforce in an identity store of IAM Identity Center.',
  scope: 'identity-store:users:read',
  aws: [DescribeUser],
  key: userKey,
  find: userByKey,
  fields: t => ({
    identityStoreId: t.exposeString('identityStoreId', {
      nullable: false,
      description: 'The identity store that the user belongs to.',
    }),
    userId: t.exposeString('userId', { nullable: false, description: 'The id that AWS gave the user.' }),
    userName: t.exposeString('userName', { description: descriptions.userName }),
    name: t.expose('name', { type: profile.name.output, description: descriptions.name }),
    ...textFields(t, texts),
    emails: t.expose('emails', {
      type: [profile.email.output],
      nullable: listOf,
      description: descriptions.emails,
    }),
    addresses: t.expose('addresses', {
      type: [profile.address.output],
      nullable: listOf,
      description: descriptions.addresses,
    }),
    phoneNumbers: t.expose('phoneNumbers', {
      type: [profile.phoneNumber.output],
      nullable: listOf,
      description: descriptions.phoneNumbers,
    }),
    photos: t.expose('photos', {
      type: [profile.photo.output],
      nullable: listOf,
      description: descriptions.photos,
    }),
    roles: t.expose('roles', {
      type: [profile.role.output],
      nullable: listOf,
      description: descriptions.roles,
    }),
    extensions: t.expose('extensions', { type: 'JSONObject', description: descriptions.extensions }),
    userStatus: t.field({
      type: IdentityStoreUserStatus,
      description: `Whether the user may sign in.${afterCreate}`,
      resolve: stored(userByKey, 'userStatus'),
    }),
    ...storedFields(t, userByKey, 'user'),
  }),
});
