/** JSON of callers is read in one way: within the bounds, and as it is written. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBounded, TooMuchJson } from '../../src/json/bounded-reading.ts';
import { DoubledName } from '../../src/json/exact-reading.ts';

/** What reads JSON itself, and why it may. */
const others: Readonly<Record<string, string>> = {
  'src/json/exact-reading.ts': 'it is what the others read with',
  'src/json/bounded-reading.ts': 'it asks for the bounds',
  'src/server/request/sent-parameters.ts': 'guards have asked for the bounds: guards/json.ts',
  'src/auth/dev-issuer.ts': "the operator's file",
  'src/auth/scopes-file.ts': "the operator's file",
  'src/persisted/index.ts': "the operator's file",
  'src/auth/issuer.ts': "the issuer's answer",
  'src/auth/issuer-keys.ts': "the issuer's answer",
  'src/auth/token-form.ts': 'the header of a token, which is as short as headers of HTTP are',
  'src/audit/trail.ts': 'what the gateway has written',
  'src/aws/models/java-pattern.ts': "a character of a pattern of AWS's models",
  'src/aws/odd-times.ts': "AWS's answer",
  'src/bug-facts.ts': 'it tells of JSON.parse alone',
};

/** Not of the gateway, or of a browser's page. */
const apart = /^src\/(?:local-aws|server\/graphiql\/browser|server\/pages\/browser)\//;

test('No text of a caller is parsed otherwise', () => {
  const readers = globSync('src/**/*.ts').filter(
    file => !apart.test(file) && /JSON\.parse\b|readExactly\(/.test(readFileSync(file, 'utf8')),
  );
  expect(readers.toSorted()).toEqual(Object.keys(others).toSorted());
});

const read = (text: string) => readBounded(Buffer.from(text));

test('A text is read as it is written, unless it holds too much, which is found out before', () => {
  expect(read('{"a":[12345678901234567890]}')).toEqual({ a: [12_345_678_901_234_567_890n] });
  expect(() => read('{"a":1,"a":2}')).toThrow(DoubledName);
  expect(() => read('{')).toThrow(SyntaxError);
  expect(() => read('['.repeat(101))).toThrow(new TooMuchJson({ of: 'nesting', maximum: 100 }));
  expect(() => read(`[${'0,'.repeat(1_000)}`)).toThrow(
    'The JSON has more than 1000 values, and JSON of its size may have 1000.',
  );
});
