/** What Java's patterns mean, as Java 17 itself answers for each of these. */
import { describe, expect, test } from 'vitest';
import { wholeMatch } from '../../src/aws/models/java-pattern.ts';

type Row = readonly [pattern: string, matches: readonly string[], refuses: readonly string[]];
const { raw } = String;

const kinds: Readonly<Record<string, readonly Row[]>> = {
  'needless escapes': [
    [raw`\:\@\/\!\"\'\,\~`, [':@/!"\',~'], ['']],
    [raw`[A-Z\:\-\_\.\@]+`, ['A:-_.@'], ['\\', 'a']],
    [raw`\.\*\+\?\^\$\|\(\)\[\]\{\}\\`, ['.*+?^$|()[]{}\\'], ['']],
    [raw`a\ b`, ['a b'], ['ab']],
  ],
  'characters that need no escape': [[raw`a]}/-#&~%,`, ['a]}/-#&~%,'], []]],
  'characters by their number': [
    [raw`\u10000`, ['\u10000'], ['\u{10000}']],
    [raw`[\u10000-\u10FFFF]+`, ['\u1000', '0', 'zF\u10ff'], ['/', '\u{10000}', '\u2000']],
    [raw`\uD83D\uDE00+`, ['😀😀'], ['\ud83d']],
    [raw`[\uD83D\uDE00-\uD83D\uDE02]`, ['😀', '😁'], ['\ud83d', '😃']],
    [raw`\x41\x{1F600}\0101\012`, ['A😀A\n'], []],
    [raw`\t\n\r\f\a\e`, ['\t\n\r\f\u0007\u001b'], []],
  ],
  'sets of ASCII alone': [
    [raw`\s`, [' ', '\t', '\v'], ['\u00a0', '\u2028', '\u3000']],
    [raw`\S`, ['\u00a0', '\u2028', 'a', '😀'], [' ', '\n']],
    [raw`[\S]+`, ['\u00a0a😀'], ['a b']],
    [raw`[^\s\d]+`, ['a\u00a0'], ['1', ' ']],
    [raw`\w+\W\d\D`, ['a_9é1٣'], ['aé٣a', 'é-1a']],
    [raw`\h\H\v\V`, ['\u00a0a\u2028a'], ['aaaa']],
  ],
  'the sets of POSIX': [
    [raw`\p{Alpha}+`, ['aZ'], ['é', '1']],
    [raw`[\p{Punct}]+`, ['!~@_$'], ['a', '§']],
    [raw`\P{Digit}\p{Digit}`, ['٣3'], ['3٣']],
    [raw`\p{Lower}\p{Upper}\p{Alnum}\p{XDigit}`, ['aA0f'], ['éA0f', 'aA0g']],
    [raw`\p{ASCII}\p{Graph}\p{Print}\p{Blank}\p{Cntrl}\p{Space}`, ['\u007fa \t\u0001\n'], ['éa \t\u0001\n']],
  ],
  'properties of Unicode': [
    [raw`\p{L}\pL\p{IsL}\p{gc=Lu}`, ['aéαA'], ['aéαa']],
    [raw`\p{IsLatin}\p{script=Greek}\p{IsAlphabetic}`, ['aαa'], ['αaa']],
    [raw`[\p{L}-_]+`, ['é-_'], ['.']],
    [raw`\P{L}`, ['1'], ['a']],
  ],
  'classes in classes': [
    [raw`[a-c[x-z]-]+`, ['bxy-'], ['d']],
    [raw`[a-z&&[^m-p]]+`, ['al'], ['m', '&']],
    [raw`[^a&&b]`, ['a', 'c'], []],
    [raw`[]a]+[^]a]`, [']a]b'], [']a]']],
  ],
  'hyphens that are no range': [
    [raw`[a-z0-9-\.]+`, ['a-9.'], [',']],
    [raw`[\w-.]+`, ['a-.'], [',']],
    [raw`[a-][-a]`, ['-a', 'a-'], ['b-']],
    [raw`[+-\-]+`, ['+,-'], ['.']],
  ],
  'ends of texts and lines': [
    [raw`d-\d$|^u`, ['d-1', 'u'], ['xu', 'd-1x', 'd-1\n', 'u\n']],
    [raw`a$\r?\n?`, ['a', 'a\n', 'a\r\n'], ['a\n\n']],
    [raw`a\r$\n`, [], ['a\r\n']],
    [raw`^\Aa\Z\n\z`, ['a\n'], ['a']],
    [raw`.`, ['😀', '\v'], ['\n', '\r', '\u0085', '\u2028', '\u2029', 'ab']],
  ],
  flags: [
    [raw`(?s).+`, ['a\n\u0085'], ['']],
    [raw`(?s:.)a|.b`, ['\na', 'xb'], ['\nb']],
    [raw`(?i)key[K-_]`, ['KeYL', 'kEy_', 'KEY['], ['\u212aeyk', 'key`']],
    [raw`(a(?i)b)c`, ['aBc', 'abc'], ['aBC', 'Abc']],
    [raw`(?is)a.\x41`, ['A\na'], ['b\na']],
  ],
  'what is never given back': [
    [raw`a*+a`, [], ['a', 'aa']],
    [raw`[ab]?+b{1,2}+c`, ['abbc', 'bbc'], ['bc']],
    [raw`(?>a|ab)c`, ['ac'], ['abc']],
  ],
  'quotations and groups': [
    [raw`\Qa.b*\E+`, ['a.b*', 'a.b**'], ['a.b*a.b*', 'axb']],
    [raw`\Q[a`, ['[a'], ['a']],
    [raw`(?<name>a)(b|c)??(?=d).(?<=d)(?!f).(?<!x)`, ['ade', 'abde'], ['adf', 'adx']],
  ],
};

describe.each(Object.entries(kinds))('%s', (_kind, rows) => {
  test.each(rows)('%s means what it means to Java', (pattern, matches, refuses) => {
    const expression = wholeMatch(pattern);
    expect(matches.filter(value => !expression.test(value))).toEqual([]);
    expect(refuses.filter(value => expression.test(value))).toEqual([]);
  });
});

test.each([
  [raw`(a)\1`, raw`JavaScript cannot express the pattern (a)\1: at 3, "\1".`],
  [raw`\bword`, raw`JavaScript cannot express the pattern \bword: at 0, "\b".`],
  [raw`a\R`, raw`JavaScript cannot express the pattern a\R: at 1, "\R".`],
  [raw`\p{InGreek}`, raw`JavaScript cannot express the pattern \p{InGreek}: at 11, the property InGreek.`],
  [raw`(?x)a b`, 'JavaScript cannot express the pattern (?x)a b: at 2, this group.'],
  [raw`(?-i)a`, 'JavaScript cannot express the pattern (?-i)a: at 2, this group.'],
  [
    raw`(?i)\p{Lu}`,
    raw`JavaScript cannot express the pattern (?i)\p{Lu}: at 10, letters of one case where case is ignored.`,
  ],
  [raw`[a&&]`, 'JavaScript cannot express the pattern [a&&]: at 5, "&&" beside nothing.'],
  [raw`[z-a]`, 'JavaScript cannot express the pattern [z-a]: at 4, a range that runs backwards.'],
  [raw`[a-\d]`, raw`JavaScript cannot express the pattern [a-\d]: at 3, "\d".`],
  [raw`a{,2}`, 'JavaScript cannot express the pattern a{,2}: at 1, "{,".'],
  [raw`(a`, 'JavaScript cannot express the pattern (a: at 2, a "(" without its ")".'],
  [raw`a)`, 'JavaScript cannot express the pattern a): at 1, a ")" without its "(".'],
  [raw`[a`, 'JavaScript cannot express the pattern [a: at 2, its end.'],
])('%s is refused', (pattern, message) => {
  expect(() => wholeMatch(pattern)).toThrow(new SyntaxError(message));
});
