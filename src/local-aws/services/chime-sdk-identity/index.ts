import * as sdk from '@aws-sdk/client-chime-sdk-identity';
import model from '../../../aws/models/chime-sdk-identity.json' with { type: 'json' };
import { awsQuotas } from '../../../aws/models/quotas.ts';
import { serviceModel } from '../../protocols/model.ts';
import { restJson } from '../../protocols/rest-json.ts';
import { errorCodes, throttled } from '../chime/exceptions.ts';
import { type Implementation, type Service, service } from '../service.ts';
import { CreateAppInstance } from './create-app-instance.ts';
import { CreateAppInstanceAdmin } from './create-app-instance-admin.ts';
import { CreateAppInstanceUser } from './create-app-instance-user.ts';
import { DeleteAppInstance } from './delete-app-instance.ts';
import { DeleteAppInstanceAdmin } from './delete-app-instance-admin.ts';
import { DeleteAppInstanceUser } from './delete-app-instance-user.ts';
import { DescribeAppInstance } from './describe-app-instance.ts';
import { DescribeAppInstanceAdmin } from './describe-app-instance-admin.ts';
import { DescribeAppInstanceUser } from './describe-app-instance-user.ts';
import { ListAppInstanceAdmins } from './list-app-instance-admins.ts';
import { ListAppInstanceUsers } from './list-app-instance-users.ts';
import { ListAppInstances } from './list-app-instances.ts';
import { PutAppInstanceUserExpirationSettings } from './put-app-instance-user-expiration-settings.ts';
import type { ChimeSdkIdentityState } from './state.ts';
import { UpdateAppInstance } from './update-app-instance.ts';
import { UpdateAppInstanceUser } from './update-app-instance-user.ts';

/** Its exceptions have the codes of Chime's. */
const protocol = restJson(serviceModel(sdk), errorCodes);

const operations: Readonly<Record<string, Implementation<ChimeSdkIdentityState>>> = {
  CreateAppInstance,
  DescribeAppInstance,
  ListAppInstances,
  UpdateAppInstance,
  DeleteAppInstance,
  CreateAppInstanceUser,
  DescribeAppInstanceUser,
  ListAppInstanceUsers,
  UpdateAppInstanceUser,
  DeleteAppInstanceUser,
  PutAppInstanceUserExpirationSettings,
  CreateAppInstanceAdmin,
  DescribeAppInstanceAdmin,
  ListAppInstanceAdmins,
  DeleteAppInstanceAdmin,
};

/** Whatever is asked, users whose time is over are gone. AWS takes up to six hours for that. */
const onceExpired = Object.fromEntries(
  Object.entries(operations).map(([name, perform]): [string, Implementation<ChimeSdkIdentityState>] => [
    name,
    (input, state, call) => {
      state.expire();
      return perform(input, state, call);
    },
  ]),
);

/** Amazon Chime SDK Identity: app instances, their users and admins. */
export function chimeSdkIdentity(state: ChimeSdkIdentityState): Service {
  return service({
    id: 'chime-sdk-identity',
    model,
    protocol,
    validationException: 'BadRequestException',
    quotas: awsQuotas.chimeSdkIdentity,
    throttled,
    operations: onceExpired,
    dependencies: state,
  });
}
