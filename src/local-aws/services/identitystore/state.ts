import type {
  DescribeGroupMembershipResponse,
  DescribeGroupResponse,
  DescribeUserResponse,
} from '@aws-sdk/client-identitystore';
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

/** A membership, as it is kept and as DescribeGroupMembership returns it. */
export type StoredMembership = AwsJson<DescribeGroupMembershipResponse> & {
  readonly IdentityStoreId: string;
  readonly MembershipId: string;
};

/** What the Identity Store's operations work on. */
export interface IdentityStoreState {
  /** The stores that exist: no operation of this API makes or deletes one. */
  readonly stores: ReadonlySet<string>;
  readonly users: Table<StoredUser, 'IdentityStoreId' | 'UserId' | 'lowerUserName' | 'lowerEmail'>;
  readonly groups: Table<StoredGroup, 'IdentityStoreId' | 'GroupId' | 'lowerDisplayName'>;
  readonly memberships: Table<StoredMembership, 'IdentityStoreId' | 'MembershipId' | 'GroupId' | 'UserId'>;
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

/** A user is in a group once, and as long as there are both. */
const membershipTable = `
CREATE TABLE IF NOT EXISTS identitystore_memberships (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  IdentityStoreId TEXT NOT NULL AS (entity ->> 'IdentityStoreId'),
  MembershipId TEXT NOT NULL AS (entity ->> 'MembershipId'),
  GroupId TEXT NOT NULL AS (entity ->> 'GroupId'),
  UserId TEXT NOT NULL AS (entity ->> '$.MemberId.UserId'),
  UNIQUE (IdentityStoreId, MembershipId),
  UNIQUE (IdentityStoreId, GroupId, UserId),
  FOREIGN KEY (IdentityStoreId, GroupId) REFERENCES identitystore_groups (IdentityStoreId, GroupId)
    ON DELETE CASCADE,
  FOREIGN KEY (IdentityStoreId, UserId) REFERENCES identitystore_users (IdentityStoreId, UserId)
    ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS identitystore_memberships_of_group
  ON identitystore_memberships (IdentityStoreId, GroupId, position);
CREATE INDEX IF NOT EXISTS identitystore_memberships_of_user
  ON identitystore_memberships (IdentityStoreId, UserId, position);
`;

/** The Identity Store's part of the state. */
export function identityStoreState(
  database: Database,
  stores: Iterable<string>,
  clock: () => Date,
): IdentityStoreState {
  database.declare(userTable);
  database.declare(groupTable);
  database.declare(membershipTable);
  return {
    stores: new Set(stores),
    users: new Table(database, 'identitystore_users'),
    groups: new Table(database, 'identitystore_groups'),
    memberships: new Table(database, 'identitystore_memberships'),
    clock,
  };
}
