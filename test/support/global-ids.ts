/** The global id of a thing, as clients know it, whatever the gateway makes of it. */
export function globalId(typename: string, ...key: readonly string[]): string {
  return Buffer.from(`${typename}:${key.map(encodeURIComponent).join('/')}`).toString('base64url');
}
