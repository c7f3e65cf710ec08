/** For each pattern of AWS's requests, values that match it and values that do not, written by hand. */

export interface Samples {
  /** A match of this many characters, or of as many as the pattern allows where it sets a length of its own. */
  readonly ofLength: (length: number) => string;
  readonly others: readonly string[];
  /** At least two; none where an alternative of the pattern matches every text, which is `all` then. */
  readonly strangers: readonly string[];
  readonly all?: true;
  /** What a match begins with that goes on with letters. */
  readonly beginning?: string;
}

/** JavaScript's own reading of a pattern, for a whole value. Where Java's differs, no sample goes. */
export function asItStands(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return new RegExp(`^(?:${pattern})$`);
  }
}

const uuid = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const anyCaseUuid = '[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}';

/** One character for AWS, two UTF-16 units for JavaScript. */
const emoji = '😀';
const letters = (length: number) => 'a'.repeat(length);
const emojis = (length: number) => emoji.repeat(length);
const always = (value: string) => () => value;
/** A fixed beginning, then as many of the character as the length asks for. */
const begins = (start: string, more: string) => (length: number) =>
  start + more.repeat(Math.max(0, length - start.length));

const profileText: Samples = {
  ofLength: emojis,
  others: ['a\t\n\r é', 'e\u0301', 'Zoë@example.com'],
  strangers: ['a\u2028b', 'a\u0000b', '\ud83d'],
};
const tagText = { ofLength: letters, others: ['k', 'a b', 'é_.:/=+-@9'] };

export const samples: Readonly<Record<string, Samples>> = {
  '.*': { ofLength: emojis, others: [' '], strangers: ['a\n', 'a\rb', '\u2028'] },
  '.*\\S.*': { ofLength: begins('a', emoji), others: [' a '], strangers: [' ', '\t ', 'a\n', 'a\rb'] },
  '.+@.+\\..+': {
    ofLength: begins('a@b.c', 'd'),
    others: ['a b@c d.e', '@@@..', 'ada@example.com', `${emoji}@${emoji}.${emoji}`],
    strangers: ['a@b', '@b.c', 'a@.c', 'a@b.', 'a@b.c\n', 'ada.example@com'],
  },
  '[-_a-zA-Z0-9]*': { ofLength: letters, others: ['-_9Z'], strangers: ['a.b', 'a b', 'é'] },
  '^[a-zA-Z0-9-_]+$': { ofLength: letters, others: ['-_9Z'], strangers: ['a.b', 'a\n', 'é'] },
  '[a-zA-Z0-9_.\\-]+': { ofLength: letters, others: ['._-Z9'], strangers: ['a:b', 'a\n', 'é', 'a b'] },
  '[0-9A-Za-z\\.\\-_]*': { ofLength: letters, others: ['._-Z9'], strangers: ['a:b', 'a\nb', 'éaa'] },
  '[a-zA-Z0-9_.\\-:]+': { ofLength: letters, others: ['a:b', '._-:'], strangers: ['a b', 'a/b', emoji] },
  '[A-Za-z0-9]([A-Za-z0-9\\:\\-\\_\\.\\@]{0,62}[A-Za-z0-9])?': {
    ofLength: length => letters(Math.min(length, 64)),
    others: ['ada@example.com', 'a:-_.@9'],
    strangers: ['ada@', '.ada', 'a b', 'a/b', 'a\\b'],
  },
  '[-a-zA-Z0-9+=/:_]*': { ofLength: letters, others: ['-+=/:_'], strangers: ['a b', 'a.b'] },
  '^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$': { ...tagText, strangers: ['aws:x', '*', 'a\tb'] },
  '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$': { ...tagText, others: ['aws:x'], strangers: ['*', 'a\tb'] },
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+': {
    ofLength: emojis,
    others: ['Zoë@example.com', 'e\u0301'],
    strangers: ['a b', 'a\n', '\ud83d', '\u200b'],
  },
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00a0]+': {
    ...profileText,
    others: [...profileText.others, '\u00a0'],
    strangers: [...profileText.strangers, '\u3000'],
  },
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00a0\u3000]+': {
    ...profileText,
    others: [...profileText.others, '\u00a0\u3000'],
  },
  '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]*': {
    ofLength: letters,
    others: ['a\t\n\r\u0085 é漢'],
    strangers: ['a\u0000', 'a\u001f', emoji, '\ud83d'],
  },
  '^\\+?[1-9]\\d{1,14}$': {
    ofLength: always('+491234567890'),
    others: ['12', '+123456789012345', '123456789012345'],
    strangers: ['1', '+1234567890123456', '0123', '++12', '12a', '1٣'],
  },
  [uuidPattern]: {
    ofLength: always(uuid),
    others: [],
    strangers: [uuid.toUpperCase(), `${uuid}0`, uuid.slice(1), `${uuid}\n`],
  },
  [`d-[0-9a-f]{10}$|^${uuidPattern}`]: {
    ofLength: always('d-0123456789'),
    others: ['d-abcdef0123', uuid],
    strangers: ['d-012345678', 'd-ABCDEF0123', 'd-0123456789\n', 'xd-0123456789', uuid.toUpperCase()],
  },
  [`([0-9a-f]{10}-|)${anyCaseUuid}`]: {
    ofLength: always(uuid),
    others: [`0123456789-${uuid}`, uuid.toUpperCase()],
    strangers: ['ada', `-${uuid}`, `ABCDEF0123-${uuid}`],
  },
  'aws:identitystore:[a-z]{1,20}': {
    beginning: 'aws:identitystore:',
    ofLength: always('aws:identitystore:enterprise'),
    others: ['aws:identitystore:a', `aws:identitystore:${'a'.repeat(20)}`],
    strangers: ['aws:identitystore:', `aws:identitystore:${'a'.repeat(21)}`, 'AWS:identitystore:a'],
  },
  '(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})': {
    ofLength: letters,
    others: ['userName', 'emails.value', 'a.b.c', 'aws:identitystore:enterprise.a.b.c', 'Größe'],
    strangers: ['emails[0]', 'a.b.c.d', 'a:b', 'a..b', '.a', 'a1'],
  },
  'arn:[a-z0-9-\\.]{1,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[^/].{0,1023}': {
    ofLength: begins('arn:aws:chime:us-east-1:123456789012:a', 'a'),
    others: ['arn:aws-cn:a.b:::x/y', 'arn:a::::\nb'],
    strangers: [
      'arn::chime:us-east-1:1:a',
      'arn:aws:chime:us-east-1:1:/a',
      'arn:AWS:a:b:c:d',
      'arn:a::::a\nb',
    ],
  },
};
