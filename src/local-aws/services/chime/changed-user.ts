import type { UpdateUserRequestItem } from '@aws-sdk/client-chime';
import type { Checked } from '../wire.ts';
import { supported } from './licenses.ts';
import type { StoredAccount, StoredUser } from './state.ts';

/** A user after a change; its licence is one of its account's. */
export function changedUser(
  account: StoredAccount,
  user: StoredUser,
  { LicenseType, UserType, AlexaForBusinessMetadata }: Omit<Checked<UpdateUserRequestItem>, 'UserId'>,
): StoredUser {
  return {
    ...user,
    ...(LicenseType !== undefined && { LicenseType: supported(account, LicenseType) }),
    ...(UserType !== undefined && { UserType }),
    ...(AlexaForBusinessMetadata !== undefined && { AlexaForBusinessMetadata }),
  };
}
