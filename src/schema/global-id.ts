/** Global ids: the type's name and its native key, in base64url. */

export function encodeGlobalId(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/** What {@link encodeGlobalId} made `globalId` of; undefined for any other text. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } | undefined {
  const text = Buffer.from(globalId, 'base64url').toString();
  const [, typename, id] = /^(\w+):(.+)$/s.exec(text) ?? [];
  // Node.js reads over what is not base64url.
  if (!typename || !id || encodeGlobalId(typename, id) !== globalId) return undefined;
  return { typename, id };
}
