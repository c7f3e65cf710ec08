import { randomInt, randomUUID } from 'node:crypto';
import type { CreateUserRequest } from '@aws-sdk/client-chime';
import type { Checked } from '../wire.ts';
import type { StoredAccount, StoredUser } from './state.ts';

/**
 * A user as a Team account gets it: invited by e-mail and not yet registered. What happens without an
 * e-mail address is not documented; here the user is then made with no invitation.
 */
export function newUser(
  account: StoredAccount,
  { Email, Username, UserType = 'PrivateUser' }: Omit<Checked<CreateUserRequest>, 'AccountId'>,
  now: Date,
): StoredUser {
  return {
    UserId: randomUUID(),
    AccountId: account.AccountId,
    ...(Email !== undefined && { PrimaryEmail: Email }),
    ...(Username !== undefined && { DisplayName: Username }),
    LicenseType: account.DefaultLicense,
    UserType,
    UserRegistrationStatus: 'Unregistered',
    ...(Email !== undefined && { UserInvitationStatus: 'Pending', InvitedOn: now.toISOString() }),
    AlexaForBusinessMetadata: { IsAlexaForBusinessEnabled: false },
    PersonalPIN: String(randomInt(1_000_000_000, 10_000_000_000)),
  };
}
