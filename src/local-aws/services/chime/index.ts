import * as sdk from '@aws-sdk/client-chime';
import model from '../../../aws/models/chime.json' with { type: 'json' };
import { awsQuotas } from '../../../aws/models/quotas.ts';
import { serviceModel } from '../../protocols/model.ts';
import { restJson } from '../../protocols/rest-json.ts';
import { type Service, service } from '../service.ts';
import { CreateAccount } from './create-account.ts';
import { CreateUser } from './create-user.ts';
import { errorCodes, throttled } from './exceptions.ts';
import { GetAccount } from './get-account.ts';
import { GetUser } from './get-user.ts';
import { ListAccounts } from './list-accounts.ts';
import { ListUsers } from './list-users.ts';
import type { ChimeState } from './state.ts';

const protocol = restJson(serviceModel(sdk), errorCodes, /^\/console(?=\/)/);

/** Amazon Chime: accounts and their users. */
export function chime(state: ChimeState): Service {
  return service({
    id: 'chime',
    model,
    protocol,
    validationException: 'BadRequestException',
    quotas: awsQuotas.chime,
    throttled,
    operations: { CreateAccount, GetAccount, ListAccounts, CreateUser, GetUser, ListUsers },
    dependencies: state,
  });
}
