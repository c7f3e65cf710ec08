import type { AppInstance, AppInstanceUser, Tag } from '@aws-sdk/client-chime-sdk-identity';
import type { Database } from '../../database.ts';
import { entityTable } from '../../entity-table.ts';
import { Idempotency } from '../../idempotency.ts';
import { Table } from '../../table.ts';
import type { RestJsonInSeconds } from '../wire.ts';
import { conflict } from './exceptions.ts';

/** An app instance, as it is kept. */
export type StoredAppInstance = RestJsonInSeconds<AppInstance> & {
  readonly AppInstanceArn: string;
  readonly Tags?: readonly RestJsonInSeconds<Tag>[] | undefined;
};

/** A user of an app instance, as it is kept. */
export type StoredUser = RestJsonInSeconds<AppInstanceUser> & {
  readonly AppInstanceArn: string;
  readonly AppInstanceUserArn: string;
  readonly Tags?: readonly RestJsonInSeconds<Tag>[] | undefined;
};

/** That a user of an app instance is an admin of it. */
export interface StoredAdmin {
  readonly AppInstanceArn: string;
  readonly AppInstanceAdminArn: string;
  readonly CreatedTimestamp: number;
}

/** What the operations of the Chime SDK's identity service work on. */
export interface ChimeSdkIdentityState {
  readonly appInstances: Table<StoredAppInstance, 'AppInstanceArn'>;
  readonly users: Table<StoredUser, 'AppInstanceArn' | 'AppInstanceUserArn'>;
  readonly admins: Table<StoredAdmin, 'AppInstanceArn' | 'AppInstanceAdminArn'>;
  readonly idempotency: Idempotency;
  readonly clock: () => Date;
  /** Deletes the users whose time has come. */
  readonly expire: () => void;
}

const appInstanceTable = `
CREATE TABLE IF NOT EXISTS chime_sdk_app_instances (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  AppInstanceArn TEXT NOT NULL AS (entity ->> 'AppInstanceArn') UNIQUE
) STRICT;
`;

const userTable = entityTable('chime_sdk_app_instance_users', {
  parent: 'AppInstanceArn',
  parentTable: 'chime_sdk_app_instances',
  id: 'AppInstanceUserArn',
});

/** When a user's time is over, in seconds since 1970; null for one without an end. */
const expiresAt = `(entity ->> 'CreatedTimestamp') + 86400 * (entity ->> '$.ExpirationSettings.ExpirationDays')`;

const expiryIndex = `
CREATE INDEX IF NOT EXISTS chime_sdk_app_instance_users_by_expiry ON chime_sdk_app_instance_users (${expiresAt})
  WHERE ${expiresAt} IS NOT NULL;
`;

/** An admin is a user, and goes with it. */
const adminTable = `
CREATE TABLE IF NOT EXISTS chime_sdk_app_instance_admins (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  AppInstanceArn TEXT NOT NULL AS (entity ->> 'AppInstanceArn'),
  AppInstanceAdminArn TEXT NOT NULL AS (entity ->> 'AppInstanceAdminArn'),
  UNIQUE (AppInstanceArn, AppInstanceAdminArn),
  FOREIGN KEY (AppInstanceArn, AppInstanceAdminArn)
    REFERENCES chime_sdk_app_instance_users (AppInstanceArn, AppInstanceUserArn) ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS chime_sdk_app_instance_admins_in_order
  ON chime_sdk_app_instance_admins (AppInstanceArn, position);
`;

/** The part of the state that belongs to the Chime SDK's identity service. */
export function chimeSdkIdentityState(database: Database, clock: () => Date): ChimeSdkIdentityState {
  for (const schema of [appInstanceTable, userTable, expiryIndex, adminTable]) database.declare(schema);
  return {
    appInstances: new Table(database, 'chime_sdk_app_instances'),
    users: new Table(database, 'chime_sdk_app_instance_users'),
    admins: new Table(database, 'chime_sdk_app_instance_admins'),
    idempotency: new Idempotency(database, 'chime_sdk_identity_tokens', clock, conflict),
    clock,
    expire: () => {
      const now = clock().getTime() / 1000;
      database.run(`DELETE FROM chime_sdk_app_instance_users WHERE ${expiresAt} <= :now`, { now });
    },
  };
}
