import type { DescribeUserResponse } from '@aws-sdk/client-identitystore';
import type { Database } from '../../database.ts';
import { Table } from '../../table.ts';
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
  readonly users: Table<StoredUser, 'IdentityStoreId' | 'UserId' | 'lowerUserName' | 'lowerEmail'>;
  readonly clock: () => Date;
}

const schema = `
CREATE TABLE IF NOT EXISTS identitystore_users (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  IdentityStoreId TEXT NOT NULL AS (entity ->> 'IdentityStoreId'),
  UserId TEXT NOT NULL AS (entity ->> 'UserId'),
  lowerUserName TEXT AS (lower_case(entity ->> 'UserName')),
  lowerEmail TEXT AS (lower_case(entity ->> '$.Emails[0].Value')),
  UNIQUE (IdentityStoreId, UserId),
  UNIQUE (IdentityStoreId, lowerUserName),
  UNIQUE (IdentityStoreId, lowerEmail)
) STRICT;
CREATE INDEX IF NOT EXISTS identitystore_users_in_order ON identitystore_users (IdentityStoreId, position);
`;

/** The Identity Store's part of the state. */
export function identityStoreState(
  database: Database,
  stores: Iterable<string>,
  clock: () => Date,
): IdentityStoreState {
  database.declare(schema);
  return { stores: new Set(stores), users: new Table(database, 'identitystore_users'), clock };
}
