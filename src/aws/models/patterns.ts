/** Tests for AWS's patterns that hold out against hostile input. */
import { wholeMatch } from './java-pattern.ts';

const hasLineTerminator = /[\n\r\u0085\u2028\u2029]/;
/** Java's `\S` is whatever is no white space of ASCII, so a line terminator from beyond ASCII passes where it is alone. */
const hasText =
  /^(?:[\t\v\f ]*[^\t\n\v\f\r ][^\n\r\u0085\u2028\u2029]*|[^\n\r\u0085\u2028\u2029]*[\u0085\u2028\u2029][^\n\r\u0085\u2028\u2029]*)$/;

/**
 * The same rules without backtracking, for patterns that take quadratic time on a long value: AWS sets no length where
 * it uses them. By the pattern as the models write it.
 */
const equivalents: Readonly<Record<string, (value: string) => boolean>> = {
  '.*\\S.*': value => hasText.test(value),
  // A character, an "@", a character, a ".", a character.
  '.+@.+\\..+': value => {
    const at = value.indexOf('@', 1);
    return at > 0 && value.lastIndexOf('.', value.length - 2) >= at + 2 && !hasLineTerminator.test(value);
  },
};

/**
 * Whether a whole value matches one of AWS's patterns.
 *
 * @throws SyntaxError for a pattern that JavaScript cannot express.
 */
export function patternTest(source: string): (value: string) => boolean {
  const equivalent = equivalents[source];
  if (equivalent) return equivalent;
  const expression = wholeMatch(source);
  return value => expression.test(value);
}
