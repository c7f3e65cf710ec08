import { describe, expect, test } from 'vitest';
import { wholeMatch } from '../../src/aws/models/java-pattern.ts';
import { patternTest } from '../../src/aws/models/patterns.ts';
import { asItStands, samples } from '../support/pattern-samples.ts';
import { models, requestPatterns } from '../support/service-models.ts';

const patterned = models.flatMap(({ service, shapes }) =>
  Object.entries(shapes).flatMap(([shape, { pattern }]) =>
    pattern === undefined ? [] : { service, shape, pattern },
  ),
);

test.each(patterned)('The pattern of $shape in $service can be expressed: $pattern', ({ pattern }) => {
  expect(patternTest(pattern)).toBeTypeOf('function');
  expect(wholeMatch(pattern)).toBeInstanceOf(RegExp);
});

/** Texts of which a pattern that means something refuses one at least. */
const anything = ['', ' ', '\n', 'a\r\nb', '\u0000', '\u2028', '*/:@', '漢', '\ud83d'];

test('There are samples for exactly the patterns of requests', () => {
  expect(Object.keys(samples).toSorted(), 'They are in test/support/pattern-samples.ts.').toEqual(
    requestPatterns().toSorted(),
  );
});

describe.each(Object.entries(samples))('%s', (pattern, { ofLength, others, strangers, all }) => {
  const values = [ofLength(1), ofLength(64), ...others, ...(all ? anything : [])];
  const matches = patternTest(pattern);

  test('matches the whole of its samples and no stranger', () => {
    if (all) expect(strangers).toEqual([]);
    else expect(strangers.length).toBeGreaterThan(1);
    for (const reading of [matches, (value: string) => asItStands(pattern).test(value)]) {
      expect(values.filter(value => !reading(value))).toEqual([]);
      expect(strangers.filter(value => reading(value))).toEqual([]);
    }
  });

  test('takes time in proportion to the length of a hostile value', () => {
    const pumps = ['a', '0', ' ', '@', '.', ':', 'a.', 'a:'];
    const places = ['', ofLength(40)].flatMap(start => ['', '\n', '!'].map(end => ({ start, end })));
    const hostile = places.flatMap(place => pumps.map(pump => ({ ...place, pump })));
    const slow = hostile.filter(
      ({ start, pump, end }) => growth(matches, length => start + pump.repeat(length) + end) >= 30,
    );
    expect(slow).toEqual([]);
  });
});

/**
 * How much longer a test takes for a value that is ten times as long: ten times where time is linear, a hundred times
 * where it is quadratic. The best of some attempts, because anything may interrupt one of them; what takes less than
 * a millisecond counts as one.
 */
function growth(matches: (value: string) => boolean, hostile: (length: number) => string): number {
  const [short, long] = [hostile(3_000), hostile(30_000)];
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best >= 30; attempt++) {
    const base = Math.max(
      1,
      milliseconds(() => matches(short)),
    );
    best = Math.min(best, milliseconds(() => matches(long)) / base);
  }
  return best;
}

function milliseconds(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** Every text of up to `length` of these characters. */
function* texts(alphabet: readonly string[], length: number): Generator<string> {
  yield '';
  if (length === 0) return;
  for (const text of texts(alphabet, length - 1)) for (const character of alphabet) yield character + text;
}

test.each([
  ['.*\\S.*', ['a', ' ', '\u00a0', '\n', '\u0085', '\t']],
  ['.+@.+\\..+', ['a', '@', '.', ' ', '\n', '\u0085']],
])('%s has an equivalent without backtracking', (pattern, alphabet) => {
  const expression = wholeMatch(pattern);
  const matches = patternTest(pattern);
  expect([...texts(alphabet, 6)].filter(text => matches(text) !== expression.test(text))).toEqual([]);
});
