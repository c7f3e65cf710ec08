import type { DescribeUserRequest, DescribeUserResponse } from '@aws-sdk/client-identitystore';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { requireStore, userNotFound } from './exceptions.ts';
import { withExtensions } from './requested-extensions.ts';
import type { IdentityStoreState } from './state.ts';

export const DescribeUser = operation(
  (
    { IdentityStoreId, UserId, Extensions }: Checked<DescribeUserRequest>,
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
  ): AwsJson<DescribeUserResponse> => {
    requireStore({ stores }, IdentityStoreId);
    const user = users.get(IdentityStoreId, UserId);
    if (!user) throw userNotFound(UserId);
    return withExtensions(user, Extensions);
  },
);
