/** The quick look at a JSON text and the walk over it come to the same. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberOf } from '../../src/json/exact-numbers.ts';
import { DoubledName, readExactly } from '../../src/json/exact-reading.ts';

const names = fc.constantFrom('a', 'b', '":', '__proto__', 'é', '\\"', '');

test('What needs no care is what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
      const text = JSON.stringify(value);
      // Numbers such as 1e20 keep their digits by another kind of value.
      fc.pre(!/\d[eE]|\d{16}/.test(text));
      expect(readExactly(text)).toEqual(JSON.parse(text));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('A name that an object has twice is found wherever it is, and one that two objects have is none', () => {
  fc.assert(
    fc.property(names, names, fc.integer(), fc.boolean(), (one, other, number, nested) => {
      const member = (name: string) => `${JSON.stringify(name)} : ${number}`;
      const object = `{${member(one)},${nested ? `"in":[{${member(one)}}],` : ''}${member(other)}}`;
      if (one === other) expect(() => readExactly(`[${object}]`)).toThrow(DoubledName);
      else expect(readExactly(`[${object}]`)).toEqual(JSON.parse(`[${object}]`));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('A number that a double would round keeps its digits, whatever it looks like', () => {
  const written = fc.stringMatching(/^-?(0|[1-9]\d{0,19})(\.\d{1,20})?(e[+-]?\d{1,3})?$/);
  fc.assert(
    fc.property(written, text => {
      expect(readExactly(`{"n":${text}}`)).toEqual({ n: numberOf(text) });
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

test('What is nested deeper than the stack goes is read all the same', () => {
  const deep = 200_000;
  const read = readExactly('['.repeat(deep) + ']'.repeat(deep));
  expect(Array.isArray(read)).toBe(true);
});
