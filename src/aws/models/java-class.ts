/** Java's sets of characters, as character classes of JavaScript under the flag `v`. */

/** The sets that Java has a letter for; JavaScript knows most of these letters too, with other characters behind them. */
const letters: Readonly<Record<string, string>> = {
  d: '0-9',
  h: String.raw`\t \u{a0}\u{1680}\u{180e}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}`,
  s: String.raw`\t\n\v\f\r `,
  v: String.raw`\n\v\f\r\u{85}\u{2028}\u{2029}`,
  w: 'a-zA-Z_0-9',
};

/** POSIX's sets, of ASCII alone. */
const posix: Readonly<Record<string, string>> = {
  ASCII: String.raw`\0-\x7f`,
  Alnum: 'a-zA-Z0-9',
  Alpha: 'a-zA-Z',
  Blank: String.raw`\t `,
  Cntrl: String.raw`\0-\x1f\x7f`,
  Digit: '0-9',
  Graph: String.raw`\x21-\x7e`,
  Lower: 'a-z',
  Print: String.raw`\x20-\x7e`,
  Punct: String.raw`\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e`,
  Space: String.raw`\t\n\v\f\r `,
  Upper: 'A-Z',
  XDigit: '0-9a-fA-F',
};

/** Properties that both languages understand in the same way. */
const binary = new Set(['Alphabetic', 'Ideographic', 'Lowercase', 'Uppercase', 'White_Space']);

/** The class for an escape such as `\s`, or for its opposite, `\S`. */
export function letterClass(letter: string): string | undefined {
  const characters = letters[letter.toLowerCase()];
  return characters && enclose(characters, letter !== letter.toLowerCase());
}

/** The class for `\p{…}`, or for `\P{…}`; undefined for a name that JavaScript has nothing for. */
export function propertyClass(name: string, negated: boolean): string | undefined {
  const characters = posix[name] ?? unicodeProperty(name);
  return characters && enclose(characters, negated);
}

/** Java writes a category as L, IsL or gc=L, a script as IsLatin or script=Latin, others as IsAlphabetic. */
function unicodeProperty(name: string): string | undefined {
  const { category, is, script } =
    /^(?:(?:Is|gc=|general_category=)?(?<category>[A-Z][a-z]?|LC)|Is(?<is>\w+)|(?:sc|script)=(?<script>\w+))$/.exec(
      name,
    )?.groups ?? {};
  if (category !== undefined) return existing(String.raw`\p{gc=${category}}`);
  if (is !== undefined && binary.has(is)) return String.raw`\p{${is}}`;
  return existing(String.raw`\p{sc=${is ?? script}}`);
}

function existing(property: string): string | undefined {
  try {
    void new RegExp(property, 'v');
    return property;
  } catch {
    return undefined;
  }
}

function enclose(characters: string, negated: boolean): string {
  return negated ? `[^${characters}]` : `[${characters}]`;
}

/** A part of a class: the characters between two, and the same letters in the other case where that does not matter. */
export function rangeIn(from: number, to: number, ignoresCase: boolean): string {
  const plain = span(from, to);
  return ignoresCase ? plain + shifted(from, to, 'A', 32) + shifted(from, to, 'a', -32) : plain;
}

/** The part of a range that lies among the 26 letters from `first`, in the other case. */
function shifted(from: number, to: number, first: string, distance: number): string {
  const start = Math.max(from, first.charCodeAt(0));
  const stop = Math.min(to, first.charCodeAt(0) + 25);
  return start > stop ? '' : span(start + distance, stop + distance);
}

function span(from: number, to: number): string {
  return from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`;
}

function escaped(code: number): string {
  const character = String.fromCodePoint(code);
  return /\w/.test(character) ? character : String.raw`\u{${code.toString(16)}}`;
}
