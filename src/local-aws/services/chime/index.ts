import * as sdk from '@aws-sdk/client-chime';
import model from '../../../aws/models/chime.json' with { type: 'json' };
import { awsQuotas } from '../../../aws/models/quotas.ts';
import { serviceModel } from '../../protocols/model.ts';
import { restJson } from '../../protocols/rest-json.ts';
import { type Service, service } from '../service.ts';
import { AssociatePhoneNumberWithUser } from './associate-phone-number-with-user.ts';
import { BatchSuspendUser } from './batch-suspend-user.ts';
import { BatchUnsuspendUser } from './batch-unsuspend-user.ts';
import { BatchUpdateUser } from './batch-update-user.ts';
import { CreateAccount } from './create-account.ts';
import { CreateUser } from './create-user.ts';
import { DeleteAccount } from './delete-account.ts';
import { DisassociatePhoneNumberFromUser } from './disassociate-phone-number-from-user.ts';
import { errorCodes, throttled } from './exceptions.ts';
import { GetAccount } from './get-account.ts';
import { GetUser } from './get-user.ts';
import { GetUserSettings } from './get-user-settings.ts';
import { InviteUsers } from './invite-users.ts';
import { ListAccounts } from './list-accounts.ts';
import { ListUsers } from './list-users.ts';
import { LogoutUser } from './logout-user.ts';
import { ResetPersonalPIN } from './reset-personal-pin.ts';
import type { ChimeState } from './state.ts';
import { UpdateAccount } from './update-account.ts';
import { UpdateUser } from './update-user.ts';
import { UpdateUserSettings } from './update-user-settings.ts';

const protocol = restJson(serviceModel(sdk), errorCodes, /^\/console(?=\/)/);

/** Amazon Chime: accounts, their users, and settings and phone numbers of these. */
export function chime(state: ChimeState): Service {
  return service({
    id: 'chime',
    model,
    protocol,
    validationException: 'BadRequestException',
    quotas: awsQuotas.chime,
    throttled,
    operations: {
      CreateAccount,
      GetAccount,
      ListAccounts,
      UpdateAccount,
      DeleteAccount,
      CreateUser,
      GetUser,
      ListUsers,
      UpdateUser,
      BatchUpdateUser,
      InviteUsers,
      BatchSuspendUser,
      BatchUnsuspendUser,
      LogoutUser,
      ResetPersonalPIN,
      GetUserSettings,
      UpdateUserSettings,
      AssociatePhoneNumberWithUser,
      DisassociatePhoneNumberFromUser,
    },
    dependencies: state,
  });
}
