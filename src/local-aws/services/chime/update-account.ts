import type { UpdateAccountRequest, UpdateAccountResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { foundAccount } from './found.ts';
import { supported } from './licenses.ts';
import type { ChimeState } from './state.ts';

/** A new default licence is for users to come: those who are there keep theirs. */
export const UpdateAccount = implement(
  (
    { AccountId, Name, DefaultLicense }: Checked<UpdateAccountRequest>,
    state: Pick<ChimeState, 'accounts'>,
  ): RestJson<UpdateAccountResponse> => {
    const before = foundAccount(state, AccountId);
    const account = {
      ...before,
      ...(Name !== undefined && { Name }),
      ...(DefaultLicense !== undefined && { DefaultLicense: supported(before, DefaultLicense) }),
    };
    state.accounts.replace({ AccountId }, account);
    return { Account: account };
  },
);
