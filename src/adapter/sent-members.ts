/** Whether a thing is what a request asked for. */
import { isDeepStrictEqual } from 'node:util';

/**
 * Whether a thing has each member that was sent. AWS may have added others, also to structures within; lists are
 * compared entry by entry.
 */
export function hasMembers(found: unknown, sent: unknown): boolean {
  if (Array.isArray(sent)) {
    return (
      Array.isArray(found) &&
      found.length === sent.length &&
      sent.every((each, index) => hasMembers(found[index], each))
    );
  }
  if (!isStructure(sent)) return isDeepStrictEqual(found, sent);
  return isStructure(found) && Object.entries(sent).every(([name, value]) => hasMembers(found[name], value));
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
