import type { DescribeUserResponse } from '@aws-sdk/client-identitystore';
import type { Store } from '../../store.ts';
import type { Table } from '../../table.ts';
import type { AwsJson } from '../wire.ts';

/** A user of an identity store, as it is kept and as DescribeUser returns it. */
export type StoredUser = AwsJson<DescribeUserResponse> & {
  readonly IdentityStoreId: string;
  readonly UserId: string;
};

/** What the Identity Store's operations work on. */
export interface IdentityStoreState {
  /** The stores that exist: no operation of this API makes or deletes one. */
  readonly stores: ReadonlySet<string>;
  /** Under their store, by user id. */
  readonly users: Table<StoredUser, 'userName' | 'email' | 'externalId'>;
  readonly clock: () => Date;
}

export function identityStoreState(
  store: Store,
  stores: Iterable<string>,
  clock: () => Date,
): IdentityStoreState {
  return {
    stores: new Set(stores),
    users: store.table<StoredUser, 'userName' | 'email' | 'externalId'>('identitystore.users', {
      userName: user => user.UserName?.toLowerCase(),
      email: user => user.Emails?.[0]?.Value?.toLowerCase(),
      externalId: user => user.ExternalIds?.[0] && externalIdKey(user.ExternalIds[0]),
    }),
    clock,
  };
}

/** A key for the pair; neither part can contain white space. */
export function externalIdKey({
  Issuer,
  Id,
}: {
  Issuer: string | undefined;
  Id: string | undefined;
}): string {
  return `${Issuer} ${Id}`;
}
