import type { DeleteUserRequest } from '@aws-sdk/client-identitystore';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { requireStore, userNotFound } from './exceptions.ts';
import type { IdentityStoreState } from './state.ts';

export const DeleteUser = implement(
  (
    { IdentityStoreId, UserId }: Checked<DeleteUserRequest>,
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
  ): Record<string, never> => {
    requireStore({ stores }, IdentityStoreId);
    if (!users.delete({ IdentityStoreId, UserId })) throw userNotFound(UserId);
    return {};
  },
);
