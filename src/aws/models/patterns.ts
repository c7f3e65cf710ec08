/** AWS's patterns in words, and safe tests for those that JavaScript reads otherwise or an attacker could exploit. */

export interface PatternWords {
  /** Completes a sentence that begins with the member's name, for a person. */
  readonly requirement: string;
  /** An equivalent test for a source whose backtracking an attacker could exploit. */
  readonly matches?: (value: string) => boolean;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const anyCaseUuid = '[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}';
const notBlank = 'must have at least one character that is not white space';
const tagCharacters = 'may contain only letters, digits, spaces and any of _ . : / = + - @';

/** By the pattern as the models write it, so that a changed pattern loses its words instead of keeping wrong ones. */
const words: Readonly<Record<string, PatternWords>> = {
  '[a-zA-Z0-9_.\\-]+': { requirement: 'may contain only letters, digits, "_", "." and "-"' },
  '[a-zA-Z0-9_.\\-:]+': { requirement: 'may contain only letters, digits, "_", ".", "-" and ":"' },
  '^[a-zA-Z0-9-_]+$': { requirement: 'may contain only letters, digits, "-" and "_"' },
  '^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$': {
    requirement: `${tagCharacters}, and must not begin with "aws:"`,
  },
  '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$': { requirement: tagCharacters },
  [`d-[0-9a-f]{10}$|^${uuid}`]: {
    requirement: 'must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case',
  },
  [`([0-9a-f]{10}-|)${anyCaseUuid}`]: {
    requirement: 'must be a UUID, or ten hexadecimal digits, "-" and a UUID',
  },
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+': {
    requirement: 'may contain only letters, marks, symbols, digits and punctuation, and no white space',
  },
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0\u3000]+': {
    requirement:
      'may contain only letters, marks, symbols, digits, punctuation, spaces, tabs and line breaks',
  },
  'aws:identitystore:[a-z]{1,20}': {
    requirement: 'must be "aws:identitystore:" and 1 to 20 lower-case letters',
  },
  '(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})': {
    requirement: 'must be the name of an attribute, with dots between its parts, such as emails.value',
  },
  '[-a-zA-Z0-9+=/:_]*': { requirement: 'may contain only letters, digits and any of - + = / : _' },
  '.*\\S.*': { requirement: notBlank },
  // AWS sets no length on e-mail addresses, and its pattern takes quadratic time on a long run of "@", so the
  // same rule is tested by position: a character, an "@", a character, a ".", a character, on one line.
  '.+@.+\\..+': {
    requirement: 'must be an e-mail address such as ada@example.com',
    matches: value => {
      const at = value.indexOf('@', 1);
      return (
        at > 0 && value.lastIndexOf('.', value.length - 2) >= at + 2 && !/[\n\r\u2028\u2029]/.test(value)
      );
    },
  },
};

/** Whether this pattern has words of its own. */
export function isDescribed(source: string): boolean {
  return Object.hasOwn(words, source);
}

/** The words for a pattern, and a test that it matches a whole value. */
export function patternRule(source: string): Required<PatternWords> {
  const { requirement = `must match ${source}`, matches } = words[source] ?? {};
  return { requirement, matches: matches ?? wholeMatch(source) };
}

function wholeMatch(source: string): (value: string) => boolean {
  const expression = new RegExp(`^(?:${forUnicode(source)})$`, 'u');
  return value => expression.test(value);
}

/** AWS's models escape characters that need none, such as `\:`, which JavaScript refuses under the flag `u`. */
function forUnicode(source: string): string {
  return source.replaceAll(/\\([:_@])/g, '$1');
}
