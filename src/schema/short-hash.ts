import { hash } from 'node:crypto';

/** What tells lists, and the entries of a list, from each other in cursors: so long that none is met by chance. */
export function shortHash(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 6);
}
