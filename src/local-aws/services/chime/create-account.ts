import type { CreateAccountRequest, CreateAccountResponse } from '@aws-sdk/client-chime';
import { operation } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { newAccount } from './new-account.ts';
import { type ChimeState, everything } from './state.ts';

export const CreateAccount = operation(
  (
    { Name }: Checked<CreateAccountRequest>,
    { accounts, clock }: Pick<ChimeState, 'accounts' | 'clock'>,
  ): RestJson<CreateAccountResponse> => {
    const account = newAccount(Name, clock());
    accounts.put(everything, account.AccountId, account);
    return { Account: account };
  },
);
