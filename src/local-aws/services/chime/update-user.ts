import type { UpdateUserRequest, UpdateUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { changedUser } from './changed-user.ts';
import { foundAccount, foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';

/** Its answer has the id alone, as in AWS's own example. */
export const UpdateUser = implement(
  (
    { AccountId, UserId, ...changes }: Checked<UpdateUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<UpdateUserResponse> => {
    const user = foundUser(state, { AccountId, UserId });
    keepUser(state, changedUser(foundAccount(state, AccountId), user, changes));
    return { User: { UserId } };
  },
);
