import { mutation } from '../../../schema/operation.ts';
import { CreateUser } from '../operations.ts';
import { identityStore } from '../session.ts';
import * as profile from './profile.ts';
import {
  descriptions,
  IdentityStoreUser,
  idempotencyKeyDescription,
  storeIdDescription,
  texts,
  type UserParent,
} from './type.ts';

export const createIdentityStoreUser = mutation('createIdentityStoreUser', {
  description: 'Creates a user of the workforce in an identity store of IAM Identity Center.',
  inputDescription: 'The user to create in an identity store.',
  successDescription: 'Returned when the user was created.',
  scope: 'identity-store:users:create',
  aws: [CreateUser],
  input: t => ({
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
  run: async (input, context) => {
    const created = await context.session(identityStore).aws.createUser(input);
    const user: UserParent = { ...created, justCreated: true };
    return { user };
  },
  success: t => ({
    user: t.field({
      type: IdentityStoreUser,
      nullable: false,
      description: 'The new user.',
      resolve: ({ user }) => user,
    }),
  }),
});
