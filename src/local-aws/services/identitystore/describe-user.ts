import type { DescribeUserRequest, DescribeUserResponse } from '@aws-sdk/client-identitystore';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { requireStore, userNotFound } from './exceptions.ts';
import { requireExtensions, withExtensions } from './extensions.ts';
import type { IdentityStoreState } from './state.ts';

export const DescribeUser = implement(
  (
    { IdentityStoreId, UserId, Extensions }: Checked<DescribeUserRequest>,
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
  ): AwsJson<DescribeUserResponse> => {
    requireStore({ stores }, IdentityStoreId);
    requireExtensions(Extensions ?? []);
    const user = users.find({ IdentityStoreId, UserId });
    if (!user) throw userNotFound(UserId);
    return withExtensions(user, Extensions);
  },
);
