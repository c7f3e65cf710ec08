import type { CreateAccountRequest, CreateAccountResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { newAccount } from './new-account.ts';
import type { ChimeState } from './state.ts';

export const CreateAccount = implement(
  (
    { Name }: Checked<CreateAccountRequest>,
    { accounts, clock }: Pick<ChimeState, 'accounts' | 'clock'>,
  ): RestJson<CreateAccountResponse> => {
    const account = newAccount(Name, clock());
    accounts.insert(account);
    return { Account: account };
  },
);
