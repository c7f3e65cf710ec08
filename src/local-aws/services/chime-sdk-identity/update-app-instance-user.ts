import type {
  UpdateAppInstanceUserRequest,
  UpdateAppInstanceUserResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { requireUser } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

export const UpdateAppInstanceUser = implement(
  (
    { AppInstanceUserArn, Name, Metadata }: Checked<UpdateAppInstanceUserRequest>,
    state: Pick<ChimeSdkIdentityState, 'users' | 'clock'>,
  ): RestJsonInSeconds<UpdateAppInstanceUserResponse> => {
    const before = requireUser(state, AppInstanceUserArn);
    const LastUpdatedTimestamp = state.clock().getTime() / 1000;
    state.users.replace({ AppInstanceUserArn }, { ...before, Name, Metadata, LastUpdatedTimestamp });
    return { AppInstanceUserArn };
  },
);
