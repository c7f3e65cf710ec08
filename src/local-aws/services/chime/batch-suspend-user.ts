import type { BatchSuspendUserRequest, BatchSuspendUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { badRequest } from './exceptions.ts';
import { foundAccount, foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';
import { userErrors } from './user-errors.ts';

/** A Team account loses the users; in an EnterpriseLWA account they stay, and may not sign in. */
export const BatchSuspendUser = implement(
  (
    { AccountId, UserIdList }: Checked<BatchSuspendUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<BatchSuspendUserResponse> => {
    const { AccountType } = foundAccount(state, AccountId);
    if (AccountType !== 'Team' && AccountType !== 'EnterpriseLWA') throw badRequest();
    return {
      UserErrors: userErrors(UserIdList, String, UserId => {
        const user = foundUser(state, { AccountId, UserId });
        if (AccountType === 'Team') state.users.delete({ AccountId, UserId });
        else keepUser(state, { ...user, UserRegistrationStatus: 'Suspended' });
      }),
    };
  },
);
