import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { emailTaken } from './exceptions.ts';
import { foundAccount } from './found.ts';
import { newUser } from './new-user.ts';
import type { ChimeState } from './state.ts';

export const CreateUser = implement(
  (
    { AccountId, ...attributes }: Checked<CreateUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users' | 'clock'>,
  ): RestJson<CreateUserResponse> => {
    const user = newUser(foundAccount(state, AccountId), attributes, state.clock());
    state.users.insert(user, emailTaken);
    return { User: user };
  },
);
