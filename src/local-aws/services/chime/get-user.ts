import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { notFound } from './exceptions.ts';
import type { ChimeState } from './state.ts';

export const GetUser = implement(
  (
    { AccountId, UserId }: Checked<GetUserRequest>,
    { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<GetUserResponse> => {
    if (!accounts.find({ AccountId })) throw notFound();
    const user = users.find({ AccountId, UserId });
    if (!user) throw notFound();
    return { User: user };
  },
);
