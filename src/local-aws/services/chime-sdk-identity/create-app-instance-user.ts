import type {
  CreateAppInstanceUserRequest,
  CreateAppInstanceUserResponse,
} from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked, RestJsonInSeconds } from '../wire.ts';
import { conflict, limitExceeded } from './exceptions.ts';
import { newUser } from './new-things.ts';
import { requireAppInstance } from './require.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** AWS's default quota for an app instance. */
const maxUsers = 100_000;

/**
 * One that is there already is a success when it is the same, as AWS's own chat sample relies on at every login. What
 * AWS answers to another name or metadata is not documented.
 */
export const CreateAppInstanceUser = implement(
  (
    input: Checked<CreateAppInstanceUserRequest>,
    state: Pick<ChimeSdkIdentityState, 'appInstances' | 'users' | 'idempotency' | 'clock'>,
    call,
  ): RestJsonInSeconds<CreateAppInstanceUserResponse> =>
    state.idempotency.once(call, input, () => {
      const { ClientRequestToken: _, ...attributes } = input;
      const { AppInstanceArn } = attributes;
      requireAppInstance(state, AppInstanceArn);
      const user = newUser(attributes, state.clock());
      const { AppInstanceUserArn } = user;
      const present = state.users.find({ AppInstanceArn, AppInstanceUserArn });
      if (present) {
        if (present.Name !== user.Name || present.Metadata !== user.Metadata) throw conflict();
      } else {
        if (state.users.count({ AppInstanceArn }) >= maxUsers) throw limitExceeded();
        state.users.insert(user);
      }
      return { AppInstanceUserArn };
    }),
);
