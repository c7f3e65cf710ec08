import type { DescribeGroupResponse, DescribeUserResponse } from '@aws-sdk/client-identitystore';
import type { Database } from '../../database.ts';
import { entityTable } from '../../entity-table.ts';
import { Table } from '../../table.ts';
import type { AwsJson } from '../wire.ts';

/** A user of an identity store, as it is kept and as DescribeUser returns it. */
export type StoredUser = AwsJson<DescribeUserResponse> & {
  readonly IdentityStoreId: string;
  readonly UserId: string;
};

/** A group of an identity store, as it is kept and as DescribeGroup returns it. */
export type StoredGroup = AwsJson<DescribeGroupResponse> & {
  readonly IdentityStoreId: string;
  readonly GroupId: string;
};

/** What the Identity Store's operations work on. */
export interface IdentityStoreState {
  /** The stores that exist: no operation of this API makes or deletes one. */
  readonly stores: ReadonlySet<string>;
  readonly users: Table<StoredUser, 'IdentityStoreId' | 'UserId' | 'lowerUserName' | 'lowerEmail'>;
  readonly groups: Table<StoredGroup, 'IdentityStoreId' | 'GroupId' | 'lowerDisplayName'>;
  readonly clock: () => Date;
}

const userTable = entityTable('identitystore_users', {
  parent: 'IdentityStoreId',
  id: 'UserId',
  unique: { lowerUserName: 'UserName', lowerEmail: '$.Emails[0].Value' },
});

const groupTable = entityTable('identitystore_groups', {
  parent: 'IdentityStoreId',
  id: 'GroupId',
  unique: { lowerDisplayName: 'DisplayName' },
});

/** The Identity Store's part of the state. */
export function identityStoreState(
  database: Database,
  stores: Iterable<string>,
  clock: () => Date,
): IdentityStoreState {
  database.declare(userTable);
  database.declare(groupTable);
  return {
    stores: new Set(stores),
    users: new Table(database, 'identitystore_users'),
    groups: new Table(database, 'identitystore_groups'),
    clock,
  };
}
