/** JSON that means to every reader what its writer meant: no number that is rounded on the way, no bottomless nesting. */
import { NumericValue } from '@smithy/core/serde';

/** How many objects and lists may be nested in one another. */
export const MAX_DEPTH = 64;

/** A number that JavaScript cannot hold, as the SDK has it too. */
export type LargeNumber = bigint | NumericValue;

export function isLargeNumber(value: unknown): value is LargeNumber {
  return typeof value === 'bigint' || value instanceof NumericValue;
}

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

/** Beyond these bounds, different numbers have one form in JavaScript, so that nobody knows which one was meant. */
export function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** How many digits a whole number may have to be held as one: more take time to read, and no bound goes so far. */
const MAX_WHOLE_DIGITS = 1_000;

/** The number that a text writes: as JavaScript's own if that holds all of its digits. */
export function numberOf(text: string): number | LargeNumber {
  const value = Number(text);
  // So few digits are held by any double, unless an exponent is among them.
  if (text.length <= 15 && !/e/i.test(text)) return value;
  const same = Number.isFinite(value) && decimal(text) === decimal(String(value));
  if (same) return value;
  const whole = text.length <= MAX_WHOLE_DIGITS && /^-?\d+$/.test(text);
  return whole ? BigInt(text) : new NumericValue(text, 'bigDecimal');
}

/** One form for all texts of a number. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutZerosAtEnd(digits);
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** A regular expression would look at a million zeros in the middle a million times. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
