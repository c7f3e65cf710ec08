import { createHash } from 'node:crypto';

/** The key of one call of a batch: AWS takes one for each. The first has the caller's own. */
export function keyOfPart(key: string | null | undefined, turn: number): string | null | undefined {
  if (key == null || turn === 0) return key;
  return createHash('sha256').update(`${turn} ${key}`).digest('base64url');
}
