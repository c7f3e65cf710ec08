import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-chime';
import { operation } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { accountNotFound, userNotFound } from './exceptions.ts';
import { type ChimeState, everything } from './state.ts';

export const GetUser = operation(
  (
    { AccountId, UserId }: Checked<GetUserRequest>,
    { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<GetUserResponse> => {
    if (!accounts.get(everything, AccountId)) throw accountNotFound(AccountId);
    const user = users.get(AccountId, UserId);
    if (!user) throw userNotFound(UserId);
    return { User: user };
  },
);
