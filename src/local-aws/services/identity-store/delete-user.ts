import type { DeleteUserRequest } from '@aws-sdk/client-identitystore';
import { operation } from '../service.ts';
import type { Checked } from '../wire.ts';
import { requireStore, userNotFound } from './exceptions.ts';
import type { IdentityStoreState } from './state.ts';

export const DeleteUser = operation(
  (
    { IdentityStoreId, UserId }: Checked<DeleteUserRequest>,
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
  ): Record<string, never> => {
    requireStore({ stores }, IdentityStoreId);
    if (!users.get(IdentityStoreId, UserId)) throw userNotFound(UserId);
    users.delete(IdentityStoreId, UserId);
    return {};
  },
);
