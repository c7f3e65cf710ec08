/**
 * Counts the bytes of an answer before any text is made of it. A result is small even if its JSON is not: a text that
 * stands in it a thousand times is there once, and the JSON has a thousand copies.
 */

/** Whether the JSON of a value has at most so many bytes. */
export function fitsInto(maximum: number, value: unknown): boolean {
  // The first look takes each character for the longest that there is: nearly every answer is far below the limit.
  return remaining(maximum, value, longest) >= 0 || remaining(maximum, value, exact) >= 0;
}

type Measure = (text: string) => number;

/** In UTF-8, escaped as `\u0000` at worst, with its quotation marks. */
function longest(text: string): number {
  return 6 * text.length + 2;
}

function exact(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

/** What is left of so many bytes after a value; below zero, the rest of the value was not looked at. */
function remaining(bytes: number, value: unknown, measure: Measure): number {
  if (typeof value === 'string') return bytes - measure(value);
  if (typeof value !== 'object' || value === null) return bytes - String(value).length;
  return Array.isArray(value)
    ? afterEach(bytes, value, measure)
    : afterMembers(bytes, value as JSONSource, measure);
}

function afterEach(bytes: number, values: readonly unknown[], measure: Measure): number {
  // The brackets, and a comma between two.
  let left = bytes - 1 - Math.max(1, values.length);
  for (const value of values) {
    if (left < 0) break;
    left = remaining(left, value, measure);
  }
  return left;
}

function afterMembers(bytes: number, value: JSONSource, measure: Measure): number {
  if (typeof value.toJSON === 'function') return remaining(bytes, value.toJSON(), measure);
  let left = bytes - 1;
  let empty = true;
  for (const name of Object.keys(value)) {
    if (left < 0) break;
    const member = value[name];
    // JSON leaves out members that are undefined.
    if (member === undefined) continue;
    empty = false;
    // A colon, and a comma or the closing bracket.
    left = remaining(left - measure(name) - 2, member, measure);
  }
  return empty ? left - 1 : left;
}

interface JSONSource {
  readonly [name: string]: unknown;
  readonly toJSON?: () => unknown;
}
