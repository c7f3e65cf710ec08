import { randomUUID } from 'node:crypto';
import type { CreateUserRequest } from '@aws-sdk/client-identitystore';
import { awsAccountId, partitionOf } from '../aws-account.ts';
import type { Checked } from '../wire.ts';
import type { StoredUser } from './state.ts';

/** A user as IAM Identity Center makes it. */
export function newUser(
  { IdentityStoreId, ...attributes }: Checked<CreateUserRequest>,
  now: Date,
  region: string,
): StoredUser {
  const at = now.getTime() / 1000;
  // AWS does not document what it writes here; an ARN of the caller is the likely form.
  const creator = `arn:${partitionOf(region)}:iam::${awsAccountId}:root`;
  // Ids in a store `d-1234567890` begin with its ten digits; those in a store named by a UUID do not.
  const prefix = IdentityStoreId.startsWith('d-') ? `${IdentityStoreId.slice(2)}-` : '';
  return {
    IdentityStoreId,
    UserId: `${prefix}${randomUUID()}`,
    ...attributes,
    UserStatus: 'ENABLED',
    CreatedAt: at,
    CreatedBy: creator,
    UpdatedAt: at,
    UpdatedBy: creator,
  };
}
