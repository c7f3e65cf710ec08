/** The texts of cells, and the values that they stand for. */
import { type GraphQLLeafType, isEnumType } from 'graphql';
import { type InputIssue, issueAt } from '../../errors.ts';
import { excessWords, readBounded, TooMuchJson } from '../../json/bounded-reading.ts';
import { numberOf } from '../../json/exact-numbers.ts';
import { doubledAt } from './row.ts';

/** What a text must be to stand for a number: what JSON has for one. */
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i;

/**
 * What JSON says in the place of a cell: undefined when it is empty. A text that stands for nothing of the type stays a
 * text, which the type refuses.
 *
 * @param known Gets what the type would not find.
 */
export function cellValue(
  text: string,
  type: GraphQLLeafType,
  path: readonly string[],
  known: InputIssue[],
): unknown {
  if (text === '') return undefined;
  if (isEnumType(type)) return text;
  switch (type.name) {
    case 'Boolean': {
      const word = text.toLowerCase();
      return word === 'true' || (word === 'false' ? false : text);
    }
    case 'Int':
    case 'Float':
      return number.test(text) ? numberOf(text) : text;
    case 'JSONObject':
      return jsonOf(text, path, known);
    default:
      return text;
  }
}

function jsonOf(text: string, path: readonly string[], known: InputIssue[]): unknown {
  try {
    return readBounded(Buffer.from(text), within => void known.push(doubledAt([...path, ...within])));
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    if (!(error instanceof TooMuchJson)) throw error;
    known.push(issueAt(path, `has ${excessWords(error.excess)}`));
    return undefined;
  }
}

/** The text that {@link cellValue} reads as the value. */
export function cellText(value: unknown, type: GraphQLLeafType): string {
  const written: unknown = type.coerceOutputValue(value);
  return typeof written === 'string' ? written : JSON.stringify(written);
}
