import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-chime';
import { paginate } from '../../pagination.ts';
import { operation } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { accountNotFound, invalidPaginationToken } from './exceptions.ts';
import { type ChimeState, everything, type StoredUser } from './state.ts';

const defaultSize = 200;

export const ListUsers = operation(
  (
    input: Checked<ListUsersRequest>,
    { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
    call,
  ): RestJson<ListUsersResponse> => {
    const { AccountId, UserEmail, UserType } = input;
    if (!accounts.get(everything, AccountId)) throw accountNotFound(AccountId);
    const where = (user: StoredUser) => UserType === undefined || user.UserType === UserType;
    const { rows, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, page => {
      if (UserEmail === undefined) return users.page(AccountId, { ...page, where });
      const user = users.find(AccountId, 'email', UserEmail.toLowerCase());
      return { rows: user && where(user) ? [user] : [] };
    });
    return { Users: rows, ...nextToken };
  },
);
