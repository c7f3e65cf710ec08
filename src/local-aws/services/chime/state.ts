import type { Account, User } from '@aws-sdk/client-chime';
import type { Store } from '../../store.ts';
import type { Table } from '../../table.ts';
import type { RestJson } from '../wire.ts';

/** A Chime account, as it is kept and returned. */
export type StoredAccount = RestJson<Account> & {
  readonly AccountId: string;
  readonly Name: string;
};

/** A user of a Chime account, as it is kept and returned. */
export type StoredUser = RestJson<User> & { readonly UserId: string };

/** What Chime's operations work on. */
export interface ChimeState {
  /** Under the one parent {@link everything}, by id. */
  readonly accounts: Table<StoredAccount>;
  /** Under their account, by user id. */
  readonly users: Table<StoredUser, 'email'>;
  readonly clock: () => Date;
}

/** The parent of rows that have none. */
export const everything = '';

export function chimeState(store: Store, clock: () => Date): ChimeState {
  return {
    accounts: store.table<StoredAccount>('chime.accounts', {}),
    users: store.table<StoredUser, 'email'>('chime.users', {
      email: user => user.PrimaryEmail?.toLowerCase(),
    }),
    clock,
  };
}
