import { DeleteUserRequest } from '../../../aws/models/identity-store.ts';
import { operation } from '../service.ts';
import { requireStore, userNotFound } from './exceptions.ts';
import type { IdentityStoreState } from './state.ts';

export const DeleteUser = operation(
  DeleteUserRequest,
  (
    { IdentityStoreId, UserId },
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
  ): Record<string, never> => {
    requireStore({ stores }, IdentityStoreId);
    if (!users.get(IdentityStoreId, UserId)) throw userNotFound(UserId);
    users.delete(IdentityStoreId, UserId);
    return {};
  },
);
