/** AWS's patterns in plain words, for the clients of this API. */

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const anyCaseUuid = '[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}';
const tagCharacters = 'may contain only letters, digits, spaces and any of _ . : / = + - @';
const idCharacters = 'may contain only letters, digits, "_", "." and "-"';
const profileText =
  'may contain only letters, marks, symbols, digits, punctuation, spaces, tabs and line breaks';

/**
 * What completes a sentence that begins with a member's name. By the pattern as AWS's models write it, so that a
 * changed pattern loses its words instead of keeping wrong ones.
 */
const words: Readonly<Record<string, string>> = {
  '.*': 'must have no line break',
  '.*\\S.*': 'must have at least one character that is not white space, and no line break',
  '.+@.+\\..+': 'must be an e-mail address such as ada@example.com',
  '[-_a-zA-Z0-9]*': 'may contain only letters, digits, "-" and "_"',
  '^[a-zA-Z0-9-_]+$': 'may contain only letters, digits, "-" and "_"',
  '[a-zA-Z0-9_.\\-]+': idCharacters,
  '[0-9A-Za-z\\.\\-_]*': idCharacters,
  '[a-zA-Z0-9_.\\-:]+': 'may contain only letters, digits, "_", ".", "-" and ":"',
  '[A-Za-z0-9]([A-Za-z0-9\\:\\-\\_\\.\\@]{0,62}[A-Za-z0-9])?':
    'must begin and end with a letter or a digit, and may contain only those and any of : - _ . @',
  '[-a-zA-Z0-9+=/:_]*': 'may contain only letters, digits and any of - + = / : _',
  '^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$': `${tagCharacters}, and must not begin with "aws:"`,
  '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$': tagCharacters,
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+':
    'may contain only letters, marks, symbols, digits and punctuation, and no white space',
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0]+': profileText,
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0\u3000]+': profileText,
  '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]*':
    'must not contain control characters other than tabs and line breaks, or characters beyond U+FFFF such as emoji',
  '^\\+?[1-9]\\d{1,14}$':
    'must be 2 to 15 digits of which the first is not 0, with or without a "+" before them',
  [uuid]: 'must be a UUID in lower case',
  [`d-[0-9a-f]{10}$|^${uuid}`]:
    'must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case',
  [`([0-9a-f]{10}-|)${anyCaseUuid}`]: 'must be a UUID, or ten hexadecimal digits, "-" and a UUID',
  'aws:identitystore:[a-z]{1,20}': 'must be "aws:identitystore:" and 1 to 20 lower-case letters',
  '(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})':
    'must be the name of an attribute, with dots between its parts, such as emails.value',
  'arn:[a-z0-9-\\.]{1,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[^/].{0,1023}':
    'must be an ARN, such as arn:aws:chime:us-east-1:123456789012:app-instance/1a2b3c',
};

/** Whether this pattern has words of its own. */
export function isDescribed(source: string): boolean {
  return Object.hasOwn(words, source);
}

/** What a value must be to match a pattern. */
export function requirementOf(source: string): string {
  return words[source] ?? `must match the regular expression ${source}`;
}
