import { notFound } from './exceptions.ts';
import type { ChimeState, StoredAccount, StoredUser } from './state.ts';

/** The account of that id, or Chime's refusal. */
export function foundAccount({ accounts }: Pick<ChimeState, 'accounts'>, AccountId: string): StoredAccount {
  const account = accounts.find({ AccountId });
  if (!account) throw notFound();
  return account;
}

/** The user of that id in an account, or Chime's refusal. */
export function foundUser(
  state: Pick<ChimeState, 'accounts' | 'users'>,
  { AccountId, UserId }: { readonly AccountId: string; readonly UserId: string },
): StoredUser {
  foundAccount(state, AccountId);
  const user = state.users.find({ AccountId, UserId });
  if (!user) throw notFound();
  return user;
}

/** Puts a user into the place of what it was. */
export function keepUser({ users }: Pick<ChimeState, 'users'>, user: StoredUser): void {
  const { AccountId, UserId } = user;
  users.replace({ AccountId, UserId }, user);
}
