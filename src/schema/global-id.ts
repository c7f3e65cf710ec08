/** Global ids: the type's name and its native key, in base64url. */
import { invalidInput } from '../errors.ts';

export function encodeGlobalId(typename: string, id: bigint | number | string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/** @throws InvalidInputError when `globalId` was not made by {@link encodeGlobalId}. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } {
  const [, typename, id] = /^(\w+):(.+)$/s.exec(Buffer.from(globalId, 'base64url').toString()) ?? [];
  if (!typename || !id) notAnId();
  return { typename, id };
}

/** @throws InvalidInputError, always. */
export function notAnId(): never {
  throw invalidInput([{ path: ['id'], message: 'id must be a global id that this API gave out.' }]);
}
