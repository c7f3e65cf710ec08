import type {
  DescribeAppInstanceAdminRequest,
  DescribeAppInstanceAdminResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { identityOf } from './admin-identity.ts';
import { noUser } from './exceptions.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

export const DescribeAppInstanceAdmin = implement(
  (
    { AppInstanceArn, AppInstanceAdminArn }: Checked<DescribeAppInstanceAdminRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'users' | 'admins'>,
  ): RestJsonInSeconds<DescribeAppInstanceAdminResponse> => {
    requireAppInstance(state, AppInstanceArn);
    const admin = state.admins.find({ AppInstanceArn, AppInstanceAdminArn });
    if (!admin) throw noUser();
    const { CreatedTimestamp } = admin;
    return { AppInstanceAdmin: { Admin: identityOf(state, admin), AppInstanceArn, CreatedTimestamp } };
  },
);
