import type { UpdateAppInstanceRequest, UpdateAppInstanceResponse } from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

export const UpdateAppInstance = implement(
  (
    { AppInstanceArn, Name, Metadata }: Checked<UpdateAppInstanceRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'clock'>,
  ): RestJsonInSeconds<UpdateAppInstanceResponse> => {
    const before = requireAppInstance(state, AppInstanceArn);
    const LastUpdatedTimestamp = state.clock().getTime() / 1000;
    state.appInstances.replace({ AppInstanceArn }, { ...before, Name, Metadata, LastUpdatedTimestamp });
    return { AppInstanceArn };
  },
);
