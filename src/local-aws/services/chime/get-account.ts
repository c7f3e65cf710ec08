import type { GetAccountRequest, GetAccountResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { notFound } from './exceptions.ts';
import type { ChimeState } from './state.ts';

export const GetAccount = implement(
  (
    { AccountId }: Checked<GetAccountRequest>,
    { accounts }: Pick<ChimeState, 'accounts'>,
  ): RestJson<GetAccountResponse> => {
    const account = accounts.find({ AccountId });
    if (!account) throw notFound();
    return { Account: account };
  },
);
