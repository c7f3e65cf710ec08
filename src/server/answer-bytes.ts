/**
 * Counts the bytes of an answer before any text is made of it. A result is small even if its JSON is not: a text that
 * stands in it a thousand times is there once, and the JSON has a thousand copies.
 */

/** Whether the JSON of a value has at most so many bytes. */
export function fitsInto(maximum: number, value: unknown): boolean {
  // The first look takes each character for the longest that there is: nearly every answer is far below the limit.
  return new Count(maximum, longest).takes(value) || new Count(maximum, exact).takes(value);
}

type Measure = (text: string) => number;

/** In UTF-8, escaped as `\u0000` at worst, with its quotation marks. */
const longest: Measure = text => 6 * text.length + 2;

const exact: Measure = text => Buffer.byteLength(JSON.stringify(text));

/** Numbers have at most so many characters: -1.2345678901234567e-300. */
const LONGEST_NUMBER = 24;

/** Counts until there is more than fits, so that no more is looked at than an answer may hold. */
class Count {
  #left: number;
  readonly #measure: Measure;

  constructor(maximum: number, measure: Measure) {
    this.#left = maximum;
    this.#measure = measure;
  }

  /** Whether a value, and all that was counted before it, fits. */
  takes(value: unknown): boolean {
    if (typeof value === 'string') this.#left -= this.#measure(value);
    else if (typeof value === 'number') this.#left -= this.#number(value);
    else if (typeof value !== 'object' || value === null) this.#left -= String(value).length;
    else if (Array.isArray(value)) return this.#takesEach(value);
    else return this.#takesMembers(value as JSONSource);
    return this.#left >= 0;
  }

  #number(value: number): number {
    return this.#measure === exact ? String(value).length : LONGEST_NUMBER;
  }

  #takesEach(values: readonly unknown[]): boolean {
    // The brackets, and a comma between two.
    this.#left -= 1 + Math.max(1, values.length);
    for (const value of values) if (!this.takes(value)) return false;
    return this.#left >= 0;
  }

  #takesMembers(value: JSONSource): boolean {
    if (typeof value.toJSON === 'function') return this.takes(value.toJSON());
    let empty = true;
    this.#left -= 1;
    for (const name of Object.keys(value)) {
      const member = value[name];
      // JSON leaves out members that are undefined.
      if (member === undefined) continue;
      empty = false;
      // A colon, and a comma or the closing bracket.
      this.#left -= this.#measure(name) + 2;
      if (!this.takes(member)) return false;
    }
    if (empty) this.#left -= 1;
    return this.#left >= 0;
  }
}

interface JSONSource {
  readonly [name: string]: unknown;
  readonly toJSON?: () => unknown;
}
