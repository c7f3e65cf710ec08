import { builder } from '../../../schema/builder.ts';
import { nodeType } from '../../../schema/operation/node.ts';
import { ChimeLicense } from '../license.ts';
import { type ChimeUser as User, userKey } from './adapter.ts';
import { userByKey } from './loaders.ts';
import { GetUser } from './operations.ts';

export const ChimeUserType = builder.enumType('ChimeUserType', {
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

export const ChimeUserInvitationStatus = builder.enumType('ChimeUserInvitationStatus', {
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

export const ChimeUser = nodeType('ChimeUser', {
  description: 'A user of an Amazon Chime account.',
  scope: 'chime:users:read',
  aws: [GetUser],
  key: userKey,
  find: userByKey,
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
    licenseType: t.expose('licenseType', {
      type: ChimeLicense,
      description: 'The licence.',
    }),
    userType: t.expose('userType', {
      type: ChimeUserType,
      description: 'Who or what the user is.',
    }),
    userRegistrationStatus: t.expose('userRegistrationStatus', {
      type: ChimeUserRegistrationStatus,
      description: 'Whether the user has registered.',
    }),
    userInvitationStatus: t.expose('userInvitationStatus', {
      type: ChimeUserInvitationStatus,
      description: 'What became of the invitation.',
    }),
    registeredOn: t.expose('registeredOn', { type: 'DateTime', description: 'When the user registered.' }),
    invitedOn: t.expose('invitedOn', { type: 'DateTime', description: 'When the user was invited.' }),
    alexaForBusinessMetadata: t.expose('alexaForBusinessMetadata', {
      type: ChimeAlexaForBusinessMetadata,
      description: 'How the user works together with Alexa for Business.',
    }),
    personalPIN: t.exposeString('personalPIN', {
      description: "The number with which others join the user's meetings.",
    }),
  }),
});
