import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { foundUser } from './found.ts';
import type { ChimeState } from './state.ts';

export const GetUser = implement(
  (
    key: Checked<GetUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<GetUserResponse> => ({ User: foundUser(state, key) }),
);
