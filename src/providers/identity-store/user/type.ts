import { builder } from '../../../schema/builder.ts';
import type { Context } from '../../../schema/context.ts';
import { nodeType } from '../../../schema/node.ts';
import type { IdentityStoreUser as User } from '../adapter.ts';
import { DescribeUser } from '../operations.ts';
import { identityStore } from '../session.ts';
import * as profile from './profile.ts';

/** A user as a resolver got it. One that was just created has only what was sent. */
export type UserParent = User & { readonly justCreated?: true };

/** What AWS adds to a user; AWS's answer to a create has none of it, so there it is fetched when asked for. */
async function asStored<Member extends keyof User>(user: UserParent, member: Member, context: Context) {
  const stored = user.justCreated ? await context.session(identityStore).user(user) : user;
  return stored?.[member];
}

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

const afterCreate = ' After a create, asking for it costs one more call to AWS.';

/** The plain texts of a profile, described once for the output and the input. */
export const texts = {
  displayName: 'The name to show for the person. AWS wants it of every new user.',
  nickName: 'A familiar name.',
  profileUrl: 'The URL of a page about the person.',
  userType: 'The kind of user, such as "Employee".',
  title: 'The job title.',
  preferredLanguage: 'The language that the person prefers, such as "fr-CA".',
  locale: 'The place whose formats the person uses, such as "de-CH".',
  timezone: 'The time zone of the person, such as "Europe/Zurich".',
  website: "The URL of the person's website.",
  birthdate: 'The date of birth, as YYYY-MM-DD.',
} as const;

export const descriptions = {
  ...texts,
  userName: 'What the user signs in with; unique in the store.',
  name: "The person's name.",
  emails: 'The e-mail address; AWS holds at most one.',
  addresses: 'The postal address; AWS holds at most one.',
  phoneNumbers: 'The phone number; AWS holds at most one.',
  photos: 'Photos; AWS holds at most three.',
  roles: 'The role; AWS holds at most one.',
  extensions:
    'Further attributes, by the name of their extension. AWS knows one extension, `aws:identitystore:enterprise`.',
} as const;

const listOf = { list: true, items: false } as const;

export const IdentityStoreUser = nodeType('IdentityStoreUser', {
  description: 'A user of the workforce in an identity store of IAM Identity Center.',
  scope: 'identity-store:users:read',
  aws: [DescribeUser],
  key: ['identityStoreId', 'userId'],
  find: (key, context): Promise<UserParent | null> => context.session(identityStore).user(key),
  fields: t => ({
    identityStoreId: t.exposeString('identityStoreId', {
      nullable: false,
      description: 'The identity store that the user belongs to.',
    }),
    userId: t.exposeString('userId', { nullable: false, description: 'The id that AWS gave the user.' }),
    userName: t.exposeString('userName', { description: descriptions.userName }),
    name: t.field({
      type: profile.name.output,
      description: descriptions.name,
      resolve: user => user.name,
    }),
    displayName: t.exposeString('displayName', { description: texts.displayName }),
    nickName: t.exposeString('nickName', { description: texts.nickName }),
    profileUrl: t.exposeString('profileUrl', { description: texts.profileUrl }),
    emails: t.field({
      type: [profile.email.output],
      nullable: listOf,
      description: descriptions.emails,
      resolve: user => user.emails,
    }),
    addresses: t.field({
      type: [profile.address.output],
      nullable: listOf,
      description: descriptions.addresses,
      resolve: user => user.addresses,
    }),
    phoneNumbers: t.field({
      type: [profile.phoneNumber.output],
      nullable: listOf,
      description: descriptions.phoneNumbers,
      resolve: user => user.phoneNumbers,
    }),
    userType: t.exposeString('userType', { description: texts.userType }),
    title: t.exposeString('title', { description: texts.title }),
    preferredLanguage: t.exposeString('preferredLanguage', { description: texts.preferredLanguage }),
    locale: t.exposeString('locale', { description: texts.locale }),
    timezone: t.exposeString('timezone', { description: texts.timezone }),
    photos: t.field({
      type: [profile.photo.output],
      nullable: listOf,
      description: descriptions.photos,
      resolve: user => user.photos,
    }),
    website: t.exposeString('website', { description: texts.website }),
    birthdate: t.exposeString('birthdate', { description: texts.birthdate }),
    roles: t.field({
      type: [profile.role.output],
      nullable: listOf,
      description: descriptions.roles,
      resolve: user => user.roles,
    }),
    extensions: t.field({
      type: 'JSONObject',
      description: descriptions.extensions,
      resolve: user => user.extensions,
    }),
    externalIds: t.field({
      type: [IdentityStoreExternalId],
      nullable: listOf,
      description: `The ids of the user in other identity providers.${afterCreate}`,
      resolve: (user, _args, context) => asStored(user, 'externalIds', context),
    }),
    userStatus: t.field({
      type: IdentityStoreUserStatus,
      description: `Whether the user may sign in.${afterCreate}`,
      resolve: (user, _args, context) => asStored(user, 'userStatus', context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: `When the user was created.${afterCreate}`,
      resolve: (user, _args, context) => asStored(user, 'createdAt', context),
    }),
    createdBy: t.string({
      description: `Who or what created the user.${afterCreate}`,
      resolve: (user, _args, context) => asStored(user, 'createdBy', context),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: `When the user was last changed.${afterCreate}`,
      resolve: (user, _args, context) => asStored(user, 'updatedAt', context),
    }),
    updatedBy: t.string({
      description: `Who or what last changed the user.${afterCreate}`,
      resolve: (user, _args, context) => asStored(user, 'updatedBy', context),
    }),
  }),
});

export const storeIdDescription =
  'The identity store; the one that the gateway is configured with if absent.';

export const idempotencyKeyDescription =
  'A key of yours for this request: 1 to 64 letters, digits, "-" and "_". AWS has no place for it in this operation, ' +
  'so a repeat is not recognised: ';
