import type { BatchUnsuspendUserRequest, BatchUnsuspendUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { notEnterprise } from './exceptions.ts';
import { foundAccount, foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';
import { userErrors } from './user-errors.ts';

/** Only an EnterpriseLWA account keeps those whom it suspended. Users who are not suspended stay as they are. */
export const BatchUnsuspendUser = implement(
  (
    { AccountId, UserIdList }: Checked<BatchUnsuspendUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<BatchUnsuspendUserResponse> => {
    const account = foundAccount(state, AccountId);
    if (account.AccountType !== 'EnterpriseLWA') throw notEnterprise(account);
    return {
      UserErrors: userErrors(UserIdList, String, UserId => {
        const user = foundUser(state, { AccountId, UserId });
        if (user.UserRegistrationStatus !== 'Suspended') return;
        keepUser(state, { ...user, UserRegistrationStatus: 'Registered' });
      }),
    };
  },
);
