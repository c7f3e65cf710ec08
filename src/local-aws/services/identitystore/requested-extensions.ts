import type { StoredUser } from './state.ts';

/** A user with those of its extensions that the request names: AWS returns no others. */
export function withExtensions(user: StoredUser, names: readonly string[] | undefined): StoredUser {
  const { Extensions, ...rest } = user;
  if (!Extensions || !names) return rest;
  const requested = Object.entries(Extensions).filter(([name]) => names.includes(name));
  return requested.length > 0 ? { ...rest, Extensions: Object.fromEntries(requested) } : rest;
}
