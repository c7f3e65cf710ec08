import type { BatchUpdateUserRequest, BatchUpdateUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { changedUser } from './changed-user.ts';
import { foundAccount, foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';
import { userErrors } from './user-errors.ts';

export const BatchUpdateUser = implement(
  (
    { AccountId, UpdateUserRequestItems }: Checked<BatchUpdateUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<BatchUpdateUserResponse> => {
    const account = foundAccount(state, AccountId);
    return {
      UserErrors: userErrors(
        UpdateUserRequestItems,
        ({ UserId }) => UserId,
        item => {
          const user = foundUser(state, { AccountId, UserId: item.UserId });
          keepUser(state, changedUser(account, user, item));
        },
      ),
    };
  },
);
