import { invalid } from './exceptions.ts';
import type { StoredUser } from './state.ts';

/** The only extension that AWS has, though the pattern of its model allows others. */
export const knownExtension = 'aws:identitystore:enterprise';

/** Refuses extensions that AWS does not have. It documents no text for that. */
export function requireExtensions(names: readonly string[]): void {
  const unknown = names.filter(name => name !== knownExtension);
  if (unknown.length === 0) return;
  throw invalid(
    `The extensions ${unknown.join(', ')} are not supported. The only supported extension is ${knownExtension}`,
  );
}

/** A user with those of its extensions that the request names: AWS returns no others. */
export function withExtensions(user: StoredUser, names: readonly string[] | undefined): StoredUser {
  const { Extensions, ...rest } = user;
  if (!Extensions || !names) return rest;
  const requested = Object.entries(Extensions).filter(([name]) => names.includes(name));
  return requested.length > 0 ? { ...rest, Extensions: Object.fromEntries(requested) } : rest;
}
