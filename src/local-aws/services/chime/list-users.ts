import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-chime';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { invalidPaginationToken } from './exceptions.ts';
import { foundAccount } from './found.ts';
import type { ChimeState } from './state.ts';

const defaultSize = 100;

export const ListUsers = implement(
  (
    input: Checked<ListUsersRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
    call,
  ): RestJson<ListUsersResponse> => {
    const { AccountId, UserEmail, UserType } = input;
    foundAccount(state, AccountId);
    const where = { AccountId, UserType, lowerEmail: UserEmail?.toLowerCase() };
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      state.users.list(where, range),
    );
    return { Users: entities, ...nextToken };
  },
);
