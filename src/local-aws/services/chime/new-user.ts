import { randomInt, randomUUID } from 'node:crypto';
import type { CreateUserRequest } from '@aws-sdk/client-chime';
import type { Checked } from '../wire.ts';
import type { StoredAccount, StoredUser } from './state.ts';

/**
 * A person as a Team account gets it: invited by e-mail and not yet registered. What happens without an
 * e-mail address is not documented; here the user is then made with no invitation. A device is registered at
 * once, and Chime writes "null" where it has no room of Alexa for Business.
 */
export function newUser(
  account: StoredAccount,
  { Email, Username, UserType = 'PrivateUser' }: Omit<Checked<CreateUserRequest>, 'AccountId'>,
  now: Date,
): StoredUser {
  const at = now.toISOString();
  return {
    UserId: randomUUID(),
    AccountId: account.AccountId,
    ...(Email !== undefined && { PrimaryEmail: Email }),
    ...(Username !== undefined && { DisplayName: Username }),
    LicenseType: account.DefaultLicense,
    UserType,
    ...(UserType === 'SharedDevice'
      ? { UserRegistrationStatus: 'Registered', RegisteredOn: at }
      : {
          UserRegistrationStatus: 'Unregistered',
          ...(Email !== undefined && { UserInvitationStatus: 'Pending', InvitedOn: at }),
        }),
    AlexaForBusinessMetadata: {
      IsAlexaForBusinessEnabled: false,
      ...(UserType === 'SharedDevice' && { AlexaForBusinessRoomArn: 'null' }),
    },
    PersonalPIN: newPin(),
  };
}

/** Ten digits by chance. */
export function newPin(): string {
  return String(randomInt(0, 10_000_000_000)).padStart(10, '0');
}
