import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-chime';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { invalidPaginationToken, notFound } from './exceptions.ts';
import type { ChimeState } from './state.ts';

const defaultSize = 100;

export const ListUsers = implement(
  (
    input: Checked<ListUsersRequest>,
    { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
    call,
  ): RestJson<ListUsersResponse> => {
    const { AccountId, UserEmail, UserType } = input;
    if (!accounts.find({ AccountId })) throw notFound();
    const where = { AccountId, UserType, lowerEmail: UserEmail?.toLowerCase() };
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      users.list(where, range),
    );
    return { Users: entities, ...nextToken };
  },
);
