/** Reads the JSON of requests as it is written: JSON.parse rounds numbers, and keeps the last of two members of a name. */
import { numberOf } from './exact-numbers.ts';

/** Thrown for an object that has two members of one name, of which nobody knows which one is meant. */
export class DoubledName extends Error {
  override readonly name = 'DoubledName';
  /** Where it is. */
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[]) {
    super(`The request has two members of the name ${path.join('.')}, and may have one.`);
    this.path = path;
  }
}

/** An object or a list, and where in it the reader is. */
interface Level {
  readonly held: Record<string | number, unknown>;
  key: string | number;
  /** The names so far; lists have none. */
  readonly names: Set<string> | undefined;
  /** Whether the next text is a name. */
  naming: boolean;
  readonly above: Level | undefined;
}

/** Is told of each name that an object has more than once. */
export type OnDoubled = (path: DoubledName['path']) => void;

function refuse(path: DoubledName['path']): never {
  throw new DoubledName(path);
}

/**
 * What a JSON text says, with numbers that a double would round as what keeps their digits.
 *
 * @param onDoubled Where it does not throw, the last of the members of the name is kept.
 * @throws SyntaxError as JSON.parse does, in the same words.
 * @throws DoubledName
 */
export function readExactly(text: string, onDoubled: OnDoubled = refuse): unknown {
  const value: unknown = JSON.parse(text);
  return isCertainlyExact(text, value) ? value : walk(text, value, onDoubled);
}

/** A double holds all numbers of up to 15 digits; with an exponent, it may be too small or too large. */
const oddNumber = /[\d.]{16}|\d[eE][-+]?\d/;

/** Each name is followed by a colon; within texts, there may be more of these. */
const nameEnd = /"\s*:/g;

/** A quick look, which is enough for nearly all requests: a fifth of the time of the walk. */
function isCertainlyExact(text: string, value: unknown): boolean {
  return !oddNumber.test(text) && (text.match(nameEnd)?.length ?? 0) === namesIn(value);
}

/** Deeper than requests are; the walk needs no stack. */
const DEEP = 50;

/** How many members its objects have; no number if it is deep. */
function namesIn(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > DEEP) return Number.NaN;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + namesIn(item, depth + 1), 0);
  let names = 0;
  for (const key in value) names += 1 + namesIn((value as Readonly<Record<string, unknown>>)[key], depth + 1);
  return names;
}

function walk(text: string, value: unknown, onDoubled: OnDoubled): unknown {
  const root = [value] as unknown as Level['held'];
  const marks = /[[\]{},"]|-?\d[\d.eE+-]*/g;
  let level: Level = { held: root, key: 0, names: undefined, naming: false, above: undefined };
  for (let mark = marks.exec(text)?.[0]; mark !== undefined; mark = marks.exec(text)?.[0]) {
    switch (mark) {
      case '{':
        level = below(level, '', new Set());
        break;
      case '[':
        level = below(level, 0);
        break;
      case '}':
      case ']':
        level = level.above as Level;
        break;
      case ',':
        if (level.names) level.naming = true;
        else (level.key as number) += 1;
        break;
      case '"': {
        const start = marks.lastIndex - 1;
        marks.lastIndex = endOfText(text, start);
        if (level.naming) name(level, JSON.parse(text.slice(start, marks.lastIndex)) as string, onDoubled);
        break;
      }
      default:
        keep(level, mark);
    }
  }
  return (root as unknown as unknown[])[0];
}

function below(above: Level, key: string | number, names?: Set<string>): Level {
  const value = above.held[above.key];
  // Of two members of a name, one is not kept, and may have been of another form.
  const held = (typeof value === 'object' && value !== null ? value : {}) as Level['held'];
  return { held, key, names, naming: names !== undefined, above };
}

/** Where a JSON text ends that starts at a quotation mark: at the next one that is not escaped. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
}

function name(level: Level, given: string, onDoubled: OnDoubled): void {
  level.key = given;
  level.naming = false;
  if (level.names?.has(given)) onDoubled(pathOf(level));
  level.names?.add(given);
}

function keep({ held, key }: Level, written: string): void {
  const value = numberOf(written);
  if (typeof value !== 'number') held[key] = value;
}

function pathOf(level: Level): (string | number)[] {
  const path: (string | number)[] = [];
  // The first level is around the text.
  for (let each = level; each.above; each = each.above) path.unshift(each.key);
  return path;
}
