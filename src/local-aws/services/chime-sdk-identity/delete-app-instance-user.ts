import type { DeleteAppInstanceUserRequest } from '@aws-sdk/client-chime-sdk-identity';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { noUser } from './exceptions.ts';
import type { ChimeSdkIdentityState } from './state.ts';

/** The database takes along that it was an admin. */
export const DeleteAppInstanceUser = implement(
  (
    { AppInstanceUserArn }: Checked<DeleteAppInstanceUserRequest>,
    { users }: Pick<ChimeSdkIdentityState, 'users'>,
  ): Record<string, never> => {
    if (!users.delete({ AppInstanceUserArn })) throw noUser();
    return {};
  },
);
