import { builder } from '../../../schema/builder.ts';
import { joinKey, splitKey } from '../../../schema/global-id.ts';
import { loadNodes } from '../../../schema/node.ts';
import { resultUnion } from '../../../schema/result.ts';

import type { ChimeUser as User } from '../adapter.ts';
import { chime } from '../session.ts';
import { ChimeLicense } from './license.ts';

const ChimeUserType = builder.enumType('ChimeUserType', {
  description: 'Who or what a Chime user is.',
  values: {
    PRIVATE_USER: { value: 'PrivateUser', description: 'A person.' },
    SHARED_DEVICE: {
      value: 'SharedDevice',
      description: 'A device that several people use, such as one in a room.',
    },
  } as const,
});

const ChimeUserRegistrationStatus = builder.enumType('ChimeUserRegistrationStatus', {
  description: 'Whether a Chime user has registered.',
  values: {
    UNREGISTERED: { value: 'Unregistered', description: 'The user has not registered.' },
    REGISTERED: { value: 'Registered', description: 'The user has registered and may sign in.' },
    SUSPENDED: { value: 'Suspended', description: 'The user may not sign in.' },
  } as const,
});

const ChimeUserInvitationStatus = builder.enumType('ChimeUserInvitationStatus', {
  description: 'What became of the invitation of a Chime user.',
  values: {
    PENDING: { value: 'Pending', description: 'It is not answered.' },
    ACCEPTED: { value: 'Accepted', description: 'The user has accepted it.' },
    FAILED: { value: 'Failed', description: 'It could not be delivered.' },
  } as const,
});

const ChimeAlexaForBusinessMetadata = builder
  .objectRef<NonNullable<User['alexaForBusinessMetadata']>>('ChimeAlexaForBusinessMetadata')
  .implement({
    description: 'How a Chime user works together with Alexa for Business.',
    fields: t => ({
      isAlexaForBusinessEnabled: t.exposeBoolean('isAlexaForBusinessEnabled', {
        description: 'Whether the user may use it.',
      }),
      alexaForBusinessRoomArn: t.exposeString('alexaForBusinessRoomArn', {
        description: 'The Amazon Resource Name of the room of a shared device.',
      }),
    }),
  });

export const ChimeUser = builder
  .nodeRef('ChimeUser', {
    id: { resolve: ({ accountId, userId }: User) => joinKey(accountId, userId), parse: splitKey },
    loadManyWithoutCache: (keys: [string, string][], context) =>
      loadNodes(keys.map(([accountId, userId]) => context.session(chime).user({ accountId, userId }))),
  })
  .implement({
    description: 'A user of an Amazon Chime account.',
    fields: t => ({
      accountId: t.exposeString('accountId', {
        nullable: false,
        description: 'The Chime account that the user belongs to.',
      }),
      userId: t.exposeString('userId', { nullable: false, description: 'The id that AWS gave the user.' }),
      primaryEmail: t.exposeString('primaryEmail', { description: 'The main e-mail address.' }),
      primaryProvisionedNumber: t.exposeString('primaryProvisionedNumber', {
        description: 'The main phone number that Chime provides.',
      }),
      displayName: t.exposeString('displayName', { description: 'The name that Chime shows.' }),
      licenseType: t.field({
        type: ChimeLicense,
        description: 'The licence.',
        resolve: user => user.licenseType,
      }),
      userType: t.field({
        type: ChimeUserType,
        description: 'Who or what the user is.',
        resolve: user => user.userType,
      }),
      userRegistrationStatus: t.field({
        type: ChimeUserRegistrationStatus,
        description: 'Whether the user has registered.',
        resolve: user => user.userRegistrationStatus,
      }),
      userInvitationStatus: t.field({
        type: ChimeUserInvitationStatus,
        description: 'What became of the invitation.',
        resolve: user => user.userInvitationStatus,
      }),
      registeredOn: t.expose('registeredOn', { type: 'DateTime', description: 'When the user registered.' }),
      invitedOn: t.expose('invitedOn', { type: 'DateTime', description: 'When the user was invited.' }),
      alexaForBusinessMetadata: t.field({
        type: ChimeAlexaForBusinessMetadata,
        description: 'How the user works together with Alexa for Business.',
        resolve: user => user.alexaForBusinessMetadata,
      }),
      personalPIN: t.exposeString('personalPIN', {
        description: "The number with which others join the user's meetings.",
      }),
    }),
  });

const ChimeUserBy = builder.inputType('ChimeUserBy', {
  description: 'What to find a user by: exactly one of these.',
  isOneOf: true,
  fields: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    email: t.string({ description: 'The main e-mail address.' }),
  }),
});

builder.queryField('chimeUser', t =>
  t.field({
    type: ChimeUser,
    description: 'Finds a user of a Chime account; null when the user or the account does not exist.',
    args: {
      accountId: t.arg.string({ required: true, description: 'The Chime account to look in.' }),
      by: t.arg({ type: ChimeUserBy, required: true, description: 'What to find the user by.' }),
    },
    resolve: (_root, { accountId, by }, context) =>
      by.userId === undefined
        ? context.session(chime).userByEmail({ accountId, email: by.email })
        : context.session(chime).user({ accountId, userId: by.userId }),
  }),
);

const CreateChimeUserInput = builder.inputType('CreateChimeUserInput', {
  description: 'The user to create in a Chime account.',
  fields: t => ({
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
});

const CreateChimeUserResult = resultUnion(
  'CreateChimeUserResult',
  builder.objectRef<{ user: User }>('CreateChimeUserSuccess').implement({
    description: 'Returned when the user was created.',
    fields: t => ({
      user: t.field({
        type: ChimeUser,
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
    'ThrottledError',
  ],
);

builder.mutationField('createChimeUser', t =>
  t.field({
    type: CreateChimeUserResult.ref,
    description:
      'Creates a user in an Amazon Chime account. Amazon Chime cannot delete users, so there is no mutation that ' +
      'undoes this. AWS ended support for Amazon Chime on 2026-02-20.',
    args: {
      input: t.arg({ type: CreateChimeUserInput, required: true, description: 'The user to create.' }),
    },
    resolve: (_root, { input }, context) =>
      CreateChimeUserResult.settle(context, async () => ({
        user: await context.session(chime).aws.createUser(input),
      })),
  }),
);
