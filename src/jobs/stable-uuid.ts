/** UUIDs that are made of something, so that whoever has the same gets the same. */
import { createHash } from 'node:crypto';

export function stableUuid(of: string | Buffer): string {
  const hex = createHash('sha256').update(of).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
