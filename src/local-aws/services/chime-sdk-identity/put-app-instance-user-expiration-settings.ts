import type {
  PutAppInstanceUserExpirationSettingsRequest,
  PutAppInstanceUserExpirationSettingsResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { requireUser } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** Without settings, the user has none any more. */
export const PutAppInstanceUserExpirationSettings = implement(
  (
    { AppInstanceUserArn, ExpirationSettings: given }: Checked<PutAppInstanceUserExpirationSettingsRequest>,
    state: Pick<ChimeSdkIdentityState, 'users'>,
  ): RestJsonInSeconds<PutAppInstanceUserExpirationSettingsResponse> => {
    const { ExpirationSettings: _, ...user } = requireUser(state, AppInstanceUserArn);
    const settings = given && { ExpirationSettings: given };
    state.users.replace({ AppInstanceUserArn }, { ...user, ...settings });
    return { AppInstanceUserArn, ...settings };
  },
);
