import type { DeleteAppInstanceAdminRequest } from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { noUser } from './exceptions.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** The user stays. */
export const DeleteAppInstanceAdmin = implement(
  (
    { AppInstanceArn, AppInstanceAdminArn }: Checked<DeleteAppInstanceAdminRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'admins'>,
  ): Record<string, never> => {
    requireAppInstance(state, AppInstanceArn);
    if (!state.admins.delete({ AppInstanceArn, AppInstanceAdminArn })) throw noUser();
    return {};
  },
);
