/** Global ids: the type's name and its key parts, each part escaped so that "/" separates them, in base64url. */
import { invalidInput } from '../aws/input.ts';

export function encodeGlobalId(typename: string, id: bigint | number | string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/** @throws InvalidInputError when `globalId` was not made by {@link encodeGlobalId}. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } {
  const [, typename, id] = /^(\w+):(.+)$/s.exec(Buffer.from(globalId, 'base64url').toString()) ?? [];
  if (!typename || !id) throw notAnId();
  return { typename, id };
}

/** One string of a native key's parts, such as a collection's id and a user's. */
export function joinKey(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/** The two parts of a key that {@link joinKey} made. @throws InvalidInputError when there are not two. */
export function splitKey(key: string): [string, string] {
  const [first, second, ...rest] = key.split('/');
  if (!first || !second || rest.length > 0) throw notAnId();
  try {
    return [decodeURIComponent(first), decodeURIComponent(second)];
  } catch {
    throw notAnId();
  }
}

function notAnId(): Error {
  const message = 'id must be a global id that this API gave out.';
  return invalidInput([{ path: ['id'], message }]);
}
