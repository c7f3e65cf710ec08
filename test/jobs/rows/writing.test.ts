/** Rows that are written to files are read back equal. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, writeCsv, writeNdjson } from '../../../src/jobs/rows/index.ts';
import { allOf, person, read } from '../../support/rows.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        ',',
        '\r',
        '\n',
        '\r\n',
        ' ',
        '\t',
        ';',
        '=',
        '+',
        '-',
        '@',
        '\uFEFF',
        '👩🏽‍🚀',
        'a',
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map(parts => parts.join('')),
);

const people = fc.array(
  fc.record(
    {
      userName: texts,
      language: texts,
      name: fc.record({ givenName: texts }),
      emails: fc.array(fc.record({ value: texts, primary: fc.boolean() }, { requiredKeys: ['value'] }), {
        minLength: 1,
        maxLength: 12,
      }),
      tags: fc.array(texts, { minLength: 1, maxLength: 3 }),
      active: fc.boolean(),
      age: fc.integer(),
      score: fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number + 0),
      kind: fc.constantFrom('EMPLOYEE', 'GUEST'),
      extensions: fc.dictionary(
        fc.string().filter(name => name !== '__proto__'),
        fc.oneof(texts, fc.integer(), fc.constant(null)),
      ),
      owner: fc.record({ id: texts }),
    },
    { requiredKeys: ['userName', 'language'] },
  ),
  { minLength: 1, maxLength: 6 },
);

test('Rows that are written are read back equal, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(people, async rows => {
      const columns = await columnsOf(rows, person, 'somebody');
      const files = {
        CSV: await allOf(writeCsv(rows, columns, person, 'somebody')),
        NDJSON: await allOf(writeNdjson(rows, person, 'somebody')),
      };
      for (const format of ['CSV', 'NDJSON'] as const) {
        const back = await read(format, files[format].join(''));
        expect(back.map(({ value }) => value)).toEqual(rows);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
}, 120_000);

test('Columns are written in the order of the type, and only those that some row needs', async () => {
  const rows = [
    { userName: 'a', active: true, emails: [{ value: 'x' }], name: null, tags: [] },
    { userName: 'b', emails: Array.from({ length: 11 }, (_, at) => ({ value: `${at}` })) },
    { userName: 'c', name: { familyName: 'd', givenName: '' } },
  ];
  const columns = await columnsOf(rows, person, 'somebody');
  const emails = Array.from({ length: 11 }, (_, at) => `emails.${at}.value`);
  expect(columns).toEqual(['userName', 'name.familyName', ...emails, 'active']);
  const [text] = await allOf(writeCsv(rows.slice(0, 1), columns, person, 'somebody'));
  expect(text).toBe(`${columns.join(',')}\r\na,,x${','.repeat(11)}true\r\n`);
});

test('A cell that a spreadsheet takes for a formula is put in quotes and not altered', async () => {
  const rows = ['=1+1', '+1', '-1', '@a', '\ta', 'a=1'].map(userName => ({ userName }));
  const pieces = await allOf(writeCsv(rows, ['userName'], person, 'somebody'));
  expect(pieces.join('')).toBe('userName\r\n"=1+1"\r\n"+1"\r\n"-1"\r\n"@a"\r\n"\ta"\r\na=1\r\n');
});

test('A row that needs a column which is not written is an error, and not lost', async () => {
  const lines = allOf(writeCsv([{ userName: 'a', age: 3 }], ['userName'], person, 'somebody'));
  await expect(lines).rejects.toThrow('There is no column age.');
});

test('What is null in NDJSON stays null', async () => {
  const pieces = await allOf(writeNdjson([{ userName: 'a', name: null }], person, 'somebody'));
  expect(pieces).toEqual(['{"userName":"a","name":null}\n']);
});
