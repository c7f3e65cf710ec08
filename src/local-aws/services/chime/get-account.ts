import type { GetAccountRequest, GetAccountResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { foundAccount } from './found.ts';
import type { ChimeState } from './state.ts';

export const GetAccount = implement(
  (
    { AccountId }: Checked<GetAccountRequest>,
    state: Pick<ChimeState, 'accounts'>,
  ): RestJson<GetAccountResponse> => ({ Account: foundAccount(state, AccountId) }),
);
