import {
  AssociatePhoneNumberWithUserCommand,
  BatchSuspendUserCommand,
  BatchUnsuspendUserCommand,
  BatchUpdateUserCommand,
  CreateUserCommand,
  DisassociatePhoneNumberFromUserCommand,
  GetUserCommand,
  GetUserSettingsCommand,
  InviteUsersCommand,
  ListUsersCommand,
  LogoutUserCommand,
  ResetPersonalPINCommand,
  UpdateUserCommand,
  UpdateUserSettingsCommand,
} from '@aws-sdk/client-chime';
import { chime } from '../service.ts';

export const CreateUser = chime.operation(CreateUserCommand, 'change');
export const GetUser = chime.operation(GetUserCommand, 'read');
export const ListUsers = chime.operation(ListUsersCommand, 'read');
export const UpdateUser = chime.operation(UpdateUserCommand, 'idempotentChange');
/** The members of a user that it changes. */
export const userChanges = ['licenseType', 'userType', 'alexaForBusinessMetadata'] as const;

export const LogoutUser = chime.operation(LogoutUserCommand, 'idempotentChange');
export const ResetPersonalPIN = chime.operation(ResetPersonalPINCommand, 'change');
export const GetUserSettings = chime.operation(GetUserSettingsCommand, 'read');
export const UpdateUserSettings = chime.operation(UpdateUserSettingsCommand, 'idempotentChange');
// AWS does not say what becomes of a number that is given or taken twice.
export const AssociatePhoneNumberWithUser = chime.operation(AssociatePhoneNumberWithUserCommand, 'change');
export const DisassociatePhoneNumberFromUser = chime.operation(
  DisassociatePhoneNumberFromUserCommand,
  'change',
);

export const BatchUpdateUser = chime.operation(BatchUpdateUserCommand, 'idempotentChange');
export const InviteUsers = chime.operation(InviteUsersCommand, 'change');
// On a Team account it takes users away: a repeat would not find those whom the first attempt suspended.
export const BatchSuspendUser = chime.operation(BatchSuspendUserCommand, 'change');
export const BatchUnsuspendUser = chime.operation(BatchUnsuspendUserCommand, 'idempotentChange');
