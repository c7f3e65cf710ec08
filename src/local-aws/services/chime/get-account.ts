import type { GetAccountResponse } from '@aws-sdk/client-chime';
import { GetAccountRequest } from '../../../aws/models/chime.ts';
import { operation } from '../service.ts';
import type { RestJson } from '../wire.ts';
import { accountNotFound } from './exceptions.ts';
import { type ChimeState, everything } from './state.ts';

export const GetAccount = operation(
  GetAccountRequest,
  ({ AccountId }, { accounts }: Pick<ChimeState, 'accounts'>): RestJson<GetAccountResponse> => {
    const account = accounts.get(everything, AccountId);
    if (!account) throw accountNotFound(AccountId);
    return { Account: account };
  },
);
