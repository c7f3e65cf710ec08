import type {
  CreateAppInstanceAdminRequest,
  CreateAppInstanceAdminResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { identityOf } from './admin-identity.ts';
import { conflict, limitExceeded, noUser } from './exceptions.ts';
import { requireAppInstance, requireUser } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** AWS's default quota for an app instance. */
const maxAdmins = 100;

export const CreateAppInstanceAdmin = implement(
  (
    { AppInstanceArn, AppInstanceAdminArn }: Checked<CreateAppInstanceAdminRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'users' | 'admins' | 'clock'>,
  ): RestJsonInSeconds<CreateAppInstanceAdminResponse> => {
    requireAppInstance(state, AppInstanceArn);
    if (requireUser(state, AppInstanceAdminArn).AppInstanceArn !== AppInstanceArn) throw noUser();
    if (state.admins.find({ AppInstanceArn, AppInstanceAdminArn })) throw conflict();
    if (state.admins.count({ AppInstanceArn }) >= maxAdmins) throw limitExceeded();
    const admin = { AppInstanceArn, AppInstanceAdminArn, CreatedTimestamp: state.clock().getTime() / 1000 };
    state.admins.insert(admin);
    return { AppInstanceAdmin: identityOf(state, admin), AppInstanceArn };
  },
);
