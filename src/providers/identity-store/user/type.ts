import { builder } from '../../../schema/builder.ts';
import { nodeType, stored } from '../../../schema/operation/node.ts';
import { textFields } from '../../../schema/operation/texts.ts';
import { type IdentityStoreUser as User, userKey } from './adapter.ts';
import { descriptions, texts } from './descriptions.ts';
import { userByKey } from './loaders.ts';
import { DescribeUser } from './operations.ts';
import * as profile from './profile.ts';

const IdentityStoreExternalId = builder
  .objectRef<NonNullable<User['externalIds']>[number]>('IdentityStoreExternalId')
  .implement({
    description: 'The id of a user in another identity provider, which brought the user in.',
    fields: t => ({
      issuer: t.exposeString('issuer', { description: 'The identity provider.' }),
      id: t.exposeString('id', { description: 'The id that it gave.' }),
    }),
  });

const IdentityStoreUserStatus = builder.enumType('IdentityStoreUserStatus', {
  description: 'Whether a user may sign in.',
  values: {
    ENABLED: { description: 'The user may sign in.' },
    DISABLED: { description: 'The user may not sign in.' },
  },
});

const listOf = { list: true, items: false } as const;

const afterCreate = ' After a create, asking for it costs one more call to AWS.';

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
    externalIds: t.field({
      type: [IdentityStoreExternalId],
      nullable: listOf,
      description: `The ids of the user in other identity providers.${afterCreate}`,
      resolve: stored(userByKey, 'externalIds'),
    }),
    userStatus: t.field({
      type: IdentityStoreUserStatus,
      description: `Whether the user may sign in.${afterCreate}`,
      resolve: stored(userByKey, 'userStatus'),
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: `When the user was created.${afterCreate}`,
      resolve: stored(userByKey, 'createdAt'),
    }),
    createdBy: t.string({
      description: `Who or what created the user.${afterCreate}`,
      resolve: stored(userByKey, 'createdBy'),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: `When the user was last changed.${afterCreate}`,
      resolve: stored(userByKey, 'updatedAt'),
    }),
    updatedBy: t.string({
      description: `Who or what last changed the user.${afterCreate}`,
      resolve: stored(userByKey, 'updatedBy'),
    }),
  }),
});
