import { builder } from '../../../schema/builder.ts';
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import type { Context } from '../../../schema/context.ts';
import { encodeGlobalId, joinKey, splitKey } from '../../../schema/global-id.ts';
import { loadNodes } from '../../../schema/node.ts';
import { resultUnion } from '../../../schema/result.ts';
import { found } from '../../../aws/look-up.ts';
import { type IdentityStoreUser as User, type IdentityStoreUserKey, MAX_USER_PAGE } from '../adapter.ts';
import { identityStore } from '../session.ts';
import * as profile from './profile.ts';

/** A user as a resolver got it. One that was just created has only what was sent. */
type UserParent = User & { readonly justCreated?: true };

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
const texts = {
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

const descriptions = {
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

export const IdentityStoreUser = builder
  .nodeRef('IdentityStoreUser', {
    id: { resolve: (user: UserParent) => joinKey(user.identityStoreId, user.userId), parse: splitKey },
    loadManyWithoutCache: (keys: [string, string][], context) =>
      loadNodes(
        keys.map(([identityStoreId, userId]) =>
          context.session(identityStore).user({ identityStoreId, userId }),
        ),
      ),
  })
  .implement({
    description: 'A user of the workforce in an identity store of IAM Identity Center.',
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

const storeIdDescription = 'The identity store; the one that the gateway is configured with if absent.';

const IdentityStoreExternalIdInput = builder.inputType('IdentityStoreExternalIdInput', {
  description: 'The id of a user in another identity provider.',
  fields: t => ({
    issuer: t.string({ required: true, description: 'The identity provider.' }),
    id: t.string({ required: true, description: 'The id that it gave.' }),
  }),
});

const IdentityStoreUserBy = builder.inputType('IdentityStoreUserBy', {
  description: 'What to find a user by: exactly one of these.',
  isOneOf: true,
  fields: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    userName: t.string({ description: 'What the user signs in with.' }),
    email: t.string({ description: 'The e-mail address.' }),
    externalId: t.field({
      type: IdentityStoreExternalIdInput,
      description: 'The id in another identity provider.',
    }),
  }),
});

builder.queryField('identityStoreUser', t =>
  t.field({
    type: IdentityStoreUser,
    description: 'Finds a user of an identity store; null when the user or the store does not exist.',
    args: {
      identityStoreId: t.arg.string({ description: storeIdDescription }),
      by: t.arg({ type: IdentityStoreUserBy, required: true, description: 'What to find the user by.' }),
    },
    resolve: async (_root, { by, ...args }, context) => {
      const session = context.session(identityStore);
      const identityStoreId = session.aws.storeId(args.identityStoreId);
      if (by.userId !== undefined) return session.user({ identityStoreId, userId: by.userId });
      return session.userByAlias({ identityStoreId, alias: by });
    },
  }),
);

const IdentityStoreUserConnection = connectionType(IdentityStoreUser, 'Users of an identity store');

builder.queryField('identityStoreUsers', t =>
  t.field({
    type: IdentityStoreUserConnection,
    description:
      'The users of an identity store, in the order that AWS gives them; null when the store does not exist.',
    args: { identityStoreId: t.arg.string({ description: storeIdDescription }), ...forwardArgs(t.arg) },
    resolve: (_root, { identityStoreId, ...args }, context) => {
      const { aws } = context.session(identityStore);
      const storeId = aws.storeId(identityStoreId);
      return found(
        resolveConnection(args, MAX_USER_PAGE, (size, token) => aws.listUsers(storeId, size, token)),
      );
    },
  }),
);

const idempotencyKeyDescription =
  'A key of yours for this request: 1 to 64 letters, digits, "-" and "_". AWS has no place for it in this operation, ' +
  'so a repeat is not recognised: ';

const CreateIdentityStoreUserInput = builder.inputType('CreateIdentityStoreUserInput', {
  description: 'The user to create in an identity store.',
  fields: t => ({
    identityStoreId: t.string({ description: storeIdDescription }),
    userName: t.string({ description: `${descriptions.userName} AWS wants it of every new user.` }),
    name: t.field({ type: profile.name.input, description: descriptions.name }),
    displayName: t.string({ description: texts.displayName }),
    nickName: t.string({ description: texts.nickName }),
    profileUrl: t.string({ description: texts.profileUrl }),
    emails: t.field({ type: [profile.email.input], description: descriptions.emails }),
    addresses: t.field({ type: [profile.address.input], description: descriptions.addresses }),
    phoneNumbers: t.field({ type: [profile.phoneNumber.input], description: descriptions.phoneNumbers }),
    userType: t.string({ description: texts.userType }),
    title: t.string({ description: texts.title }),
    preferredLanguage: t.string({ description: texts.preferredLanguage }),
    locale: t.string({ description: texts.locale }),
    timezone: t.string({ description: texts.timezone }),
    photos: t.field({ type: [profile.photo.input], description: descriptions.photos }),
    website: t.string({ description: texts.website }),
    birthdate: t.string({ description: texts.birthdate }),
    roles: t.field({ type: [profile.role.input], description: descriptions.roles }),
    extensions: t.field({ type: 'JSONObject', description: descriptions.extensions }),
    idempotencyKey: t.string({
      description: `${idempotencyKeyDescription}a second create meets a ConflictError.`,
    }),
  }),
});

const CreateIdentityStoreUserResult = resultUnion(
  'CreateIdentityStoreUserResult',
  builder.objectRef<{ user: UserParent }>('CreateIdentityStoreUserSuccess').implement({
    description: 'Returned when the user was created.',
    fields: t => ({
      user: t.field({
        type: IdentityStoreUser,
        nullable: false,
        description: 'The new user.',
        resolve: ({ user }) => user,
      }),
    }),
  }),
  [
    'AccessDeniedError',
    'ConflictError',
    'InvalidInputError',
    'NotFoundError',
    'ProviderFailureError',
    'QuotaExceededError',
    'ThrottledError',
  ],
);

builder.mutationField('createIdentityStoreUser', t =>
  t.field({
    type: CreateIdentityStoreUserResult.ref,
    description: 'Creates a user of the workforce in an identity store of IAM Identity Center.',
    args: {
      input: t.arg({
        type: CreateIdentityStoreUserInput,
        required: true,
        description: 'The user to create.',
      }),
    },
    resolve: (_root, { input }, context) =>
      CreateIdentityStoreUserResult.settle(context, async () => {
        const user = await context.session(identityStore).aws.createUser(input);
        return { user: { ...user, justCreated: true } };
      }),
  }),
);

const DeleteIdentityStoreUserInput = builder.inputType('DeleteIdentityStoreUserInput', {
  description: 'The user to delete from an identity store.',
  fields: t => ({
    identityStoreId: t.string({ description: storeIdDescription }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
    idempotencyKey: t.string({
      description: `${idempotencyKeyDescription}a second delete meets a NotFoundError.`,
    }),
  }),
});

const DeleteIdentityStoreUserResult = resultUnion(
  'DeleteIdentityStoreUserResult',
  builder.objectRef<IdentityStoreUserKey>('DeleteIdentityStoreUserSuccess').implement({
    description: 'Returned when the user was deleted.',
    fields: t => ({
      deletedUserId: t.id({
        nullable: false,
        description: 'The global id that the user had.',
        resolve: key => encodeGlobalId('IdentityStoreUser', joinKey(key.identityStoreId, key.userId)),
      }),
      identityStoreId: t.exposeString('identityStoreId', {
        nullable: false,
        description: 'The identity store that the user belonged to.',
      }),
      userId: t.exposeString('userId', {
        nullable: false,
        description: 'The id that AWS had given the user.',
      }),
    }),
  }),
  [
    'AccessDeniedError',
    'ConflictError',
    'InvalidInputError',
    'NotFoundError',
    'ProviderFailureError',
    'ThrottledError',
  ],
);

builder.mutationField('deleteIdentityStoreUser', t =>
  t.field({
    type: DeleteIdentityStoreUserResult.ref,
    description: "Deletes a user from an identity store, and with it the user's memberships in groups.",
    args: {
      input: t.arg({
        type: DeleteIdentityStoreUserInput,
        required: true,
        description: 'The user to delete.',
      }),
    },
    resolve: (_root, { input }, context) =>
      DeleteIdentityStoreUserResult.settle(context, () =>
        context.session(identityStore).aws.deleteUser(input),
      ),
  }),
);
