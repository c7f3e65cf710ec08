import type { GetAccountRequest, GetAccountResponse } from '@aws-sdk/client-chime';
import { operation } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { accountNotFound } from './exceptions.ts';
import { type ChimeState, everything } from './state.ts';

export const GetAccount = operation(
  (
    { AccountId }: Checked<GetAccountRequest>,
    { accounts }: Pick<ChimeState, 'accounts'>,
  ): RestJson<GetAccountResponse> => {
    const account = accounts.get(everything, AccountId);
    if (!account) throw accountNotFound(AccountId);
    return { Account: account };
  },
);
