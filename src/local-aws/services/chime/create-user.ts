import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-chime';
import { AwsException } from '../../exception.ts';
import { operation } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { accountNotFound } from './exceptions.ts';
import { newUser } from './new-user.ts';
import { type ChimeState, everything } from './state.ts';

export const CreateUser = operation(
  (
    { AccountId, ...attributes }: Checked<CreateUserRequest>,
    { accounts, users, clock }: Pick<ChimeState, 'accounts' | 'users' | 'clock'>,
  ): RestJson<CreateUserResponse> => {
    const account = accounts.get(everything, AccountId);
    if (!account) throw accountNotFound(AccountId);
    const { Email } = attributes;
    if (Email !== undefined && users.find(AccountId, 'email', Email.toLowerCase())) {
      throw new AwsException('ConflictException', 'A user with this email already exists in the account');
    }
    const user = newUser(account, attributes, clock());
    users.put(AccountId, user.UserId, user);
    return { User: user };
  },
);
