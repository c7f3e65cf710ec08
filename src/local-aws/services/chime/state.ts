import type { Account, TelephonySettings, User } from '@aws-sdk/client-chime';
import type { Database } from '../../database.ts';
import { Table } from '../../table.ts';
import type { RestJson } from '../wire.ts';

/** A Chime account, as it is kept and returned. */
export type StoredAccount = RestJson<Account> & {
  readonly AccountId: string;
  readonly Name: string;
};

/** A user of a Chime account, as it is kept and returned. */
export type StoredUser = RestJson<User> & { readonly AccountId: string; readonly UserId: string };

/** The settings of a user, once they were given. */
export interface StoredSettings {
  readonly AccountId: string;
  readonly UserId: string;
  readonly Telephony: RestJson<TelephonySettings>;
}

/** What Chime's operations work on. */
export interface ChimeState {
  readonly accounts: Table<StoredAccount, 'AccountId'>;
  readonly users: Table<StoredUser, 'AccountId' | 'UserId' | 'UserType' | 'lowerEmail'>;
  readonly settings: Table<StoredSettings, 'AccountId' | 'UserId'>;
  readonly clock: () => Date;
}

const schema = `
CREATE TABLE IF NOT EXISTS chime_accounts (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  AccountId TEXT NOT NULL AS (entity ->> 'AccountId') UNIQUE
) STRICT;

CREATE TABLE IF NOT EXISTS chime_users (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  AccountId TEXT NOT NULL AS (entity ->> 'AccountId') REFERENCES chime_accounts (AccountId) ON DELETE CASCADE,
  UserId TEXT NOT NULL AS (entity ->> 'UserId'),
  UserType TEXT AS (entity ->> 'UserType'),
  lowerEmail TEXT AS (lower_case(entity ->> 'PrimaryEmail')),
  UNIQUE (AccountId, UserId),
  UNIQUE (AccountId, lowerEmail)
) STRICT;
CREATE INDEX IF NOT EXISTS chime_users_in_order ON chime_users (AccountId, position);
CREATE INDEX IF NOT EXISTS chime_users_by_email ON chime_users (lowerEmail, position);

CREATE TABLE IF NOT EXISTS chime_user_settings (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  AccountId TEXT NOT NULL AS (entity ->> 'AccountId'),
  UserId TEXT NOT NULL AS (entity ->> 'UserId'),
  UNIQUE (AccountId, UserId),
  FOREIGN KEY (AccountId, UserId) REFERENCES chime_users (AccountId, UserId) ON DELETE CASCADE
) STRICT;
`;

/** Chime's part of the state. */
export function chimeState(database: Database, clock: () => Date): ChimeState {
  database.declare(schema);
  return {
    accounts: new Table(database, 'chime_accounts'),
    users: new Table(database, 'chime_users'),
    settings: new Table(database, 'chime_user_settings'),
    clock,
  };
}
