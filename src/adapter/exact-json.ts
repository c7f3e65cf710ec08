/** JSON that means to every reader what its writer meant: no number that is rounded on the way, no bottomless nesting. */
import { isExact, isLargeNumber } from '../json/exact-numbers.ts';

/** How many objects and lists may be nested in one another. */
export const MAX_DEPTH = 64;

/** Thrown for a value that is nested deeper than {@link MAX_DEPTH}. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep';
}

/** Thrown for a value with a member whose own value the SDK has lost. */
export class LostMember extends Error {
  override readonly name = 'LostMember';
}

/**
 * What AWS has stored, as JSON that readers take for what it is: numbers that they would round come out as strings.
 *
 * @throws TooDeep
 * @throws LostMember
 */
export function exactJson(value: unknown, depth = 1): unknown {
  if (isLargeNumber(value)) return String(value);
  if (typeof value === 'number') return isExact(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new TooDeep(`It is nested more than ${MAX_DEPTH} levels deep.`);
  if (Array.isArray(value)) return value.map(item => exactJson(item, depth + 1));
  // The SDK keeps the name of this one and clears its value.
  if (Object.hasOwn(value, '__proto__')) throw new LostMember('It has a member of the name __proto__.');
  const entries = Object.entries(value).map(([name, held]) => [name, exactJson(held, depth + 1)] as const);
  return Object.fromEntries(entries);
}
