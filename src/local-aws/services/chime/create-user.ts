import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { emailTaken, notFound } from './exceptions.ts';
import { newUser } from './new-user.ts';
import type { ChimeState } from './state.ts';

export const CreateUser = implement(
  (
    { AccountId, ...attributes }: Checked<CreateUserRequest>,
    { accounts, users, clock }: Pick<ChimeState, 'accounts' | 'users' | 'clock'>,
  ): RestJson<CreateUserResponse> => {
    const account = accounts.find({ AccountId });
    if (!account) throw notFound();
    const user = newUser(account, attributes, clock());
    users.insert(user, emailTaken);
    return { User: user };
  },
);
