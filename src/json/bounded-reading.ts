/**
 * Reads JSON that callers give, unless it holds too much. Guards ask for the bounds of what a request is made of before others
 * read it; what is JSON within a request or a file, is read here.
 */
import { type JsonExcess, valuesIn } from './bounds.ts';
import { type OnDoubled, readExactly } from './exact-reading.ts';

/** Thrown for a text that holds too much, which is not parsed. */
export class TooMuchJson extends Error {
  override readonly name = 'TooMuchJson';
  readonly excess: JsonExcess;

  constructor(excess: JsonExcess) {
    super(`The JSON has ${excessWords(excess)}.`);
    this.excess = excess;
  }
}

const words = {
  nesting: ['levels of lists and objects within one another', 'may have'],
  values: ['values', 'JSON of its size may have'],
} as const;

/** What a text has too much of. */
export function excessWords({ of, maximum }: JsonExcess): string {
  const [what, may] = words[of];
  return `more than ${maximum} ${what}, and ${may} ${maximum}`;
}

/**
 * What a JSON text in UTF-8 says, as {@link readExactly} reads it.
 *
 * @throws TooMuchJson
 * @throws SyntaxError
 * @throws DoubledName
 */
export function readBounded(text: Buffer, onDoubled?: OnDoubled): unknown {
  const values = valuesIn(text);
  if (typeof values !== 'number') throw new TooMuchJson(values);
  return readExactly(text.toString(), onDoubled);
}
