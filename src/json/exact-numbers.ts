/** Numbers that JavaScript cannot hold, with all of their digits. */
import { NumericValue } from '@smithy/core/serde';

/** A number that JavaScript cannot hold, as the SDK has it too. */
export type LargeNumber = bigint | NumericValue;

export function isLargeNumber(value: unknown): value is LargeNumber {
  return typeof value === 'bigint' || value instanceof NumericValue;
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
