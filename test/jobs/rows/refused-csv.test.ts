/** Files of comma-separated values that are refused as a whole, for nobody can tell what they say. */
import { expect, test } from 'vitest';
import { type RowFormat, readRows } from '../../../src/jobs/rows/index.ts';
import { allOf, person, read, refusal, right, wrong } from '../../support/rows.ts';

test.each([
  [
    'a last line that breaks off',
    'userName,name.givenName\na,b\nc',
    'Line 3, the last one, breaks off: the file seems to be cut off.',
  ],
  [
    'a column that there is not',
    'userName,nickname\na,b',
    'The column "nickname" is unknown: right would be one of userName, name.…, emails.0.…, tags.0, active, age, score, kind, extensions, owner.…, language.',
  ],
  [
    'a column of a member that an object has not',
    'userName,name.first\na,b',
    'The column "name.first" is unknown: right would be one of name.givenName, name.familyName.',
  ],
  [
    'a column that stands for an object',
    'userName,name\na,b',
    'The column "name" is unknown: right would be one of name.givenName, name.familyName.',
  ],
  [
    'a column of a list without a number',
    'userName,emails.value\na,b',
    'The column "emails.value" is unknown: right would be one of emails.0.value, emails.0.primary.',
  ],
  [
    'a number that nobody writes',
    'userName,tags.00\na,b',
    'The column "tags.00" is unknown: right would be tags.0.',
  ],
  [
    'a column within a text',
    'userName.first\na',
    'The column "userName.first" is unknown: right would be userName.',
  ],
  [
    'a column by the name of what every object has',
    'userName,__proto__.x\na,b',
    'The column "__proto__.x" is unknown: right would be one of userName, name.…, emails.0.…, tags.0, active, age, score, kind, extensions, owner.…, language.',
  ],
  [
    'a column that is there twice',
    'userName,userName\na,b',
    'The column "userName" is there more than once.',
  ],
  ['a column without a name', 'userName,\na,b', 'Column 2 has no name.'],
  [
    'a list without its first item',
    'userName,emails.1.value\na,b',
    'The columns of emails leave a gap: there is none of emails.0, and some with a higher number.',
  ],
  [
    'a list with a gap',
    'userName,tags.0,tags.2\na,b,c',
    'The columns of tags leave a gap: there is none of tags.1, and some with a higher number.',
  ],
  ['nothing', '', 'The source is empty.'],
  ['a byte order mark alone', '\uFEFF', 'The source is empty.'],
  ['blank lines alone', '\r\n\n', 'The source is empty.'],
  ['a header alone', 'userName,active\r\n', 'The source has a header and no rows.'],
  ['rows without anything', 'userName,active\n,\n,\n', 'The source has a header and no rows.'],
  [
    'semicolons',
    '\uFEFFuserName;"name.givenName"\na;b',
    'The columns are separated by semicolons; separate them with commas.',
  ],
  ['tabs', 'userName\tname.givenName\na\tb', 'The columns are separated by tabs; separate them with commas.'],
  [
    'a quote that is not closed',
    'userName,age\na,1\n\nb,"2\nc,3\n',
    'Line 4 begins a quote that is not closed: the file seems to be cut off.',
  ],
  [
    'a quote that is not closed at the beginning of a row',
    'userName\r\n"a\r\nb"\r\n"c\r\n',
    'Line 4 begins a quote that is not closed: the file seems to be cut off.',
  ],
  [
    'a quote amid a cell',
    'userName,age\na"b,1\n',
    'Line 2 has a quote in a cell that does not begin with one: put the cell in quotes, and double those in it.',
  ],
  [
    'a cell that goes on after its quotes',
    'userName,age\na,1\n"b" c,1\n',
    'Line 3 begins a cell that goes on after its closing quote: double the quotes in it.',
  ],
  [
    'bytes that are no UTF-8',
    Buffer.from('userName\nada\nm\xFCller\n', 'latin1'),
    'Line 3 is not encoded in UTF-8: save the file as UTF-8.',
  ],
  [
    'UTF-16',
    Buffer.from('\uFEFFuserName\nada\n', 'utf16le'),
    'Line 1 is not encoded in UTF-8: save the file as UTF-8.',
  ],
])('A file of CSV with %s is refused', async (_, content, message) => {
  expect(await refusal('CSV', content)).toEqual([message]);
});

test.each(['sep=,', 'SEP=,', '"sep=,"', 'sep=,,,'])(
  'A first line %s, which is for Excel, is left out',
  async line => {
    expect(await read('CSV', `\uFEFF${line}\r\nuserName,name.givenName\r\nada,Ada\r\n`)).toEqual([
      right(3, { userName: 'ada', name: { givenName: 'Ada' } }),
    ]);
  },
);

test.each([
  ['sep=;', 'sep=;\r\nuserName;age\r\na;1', 'semicolons'],
  ['sep= and a tab', 'sep=\t\nuserName\tage\na\t1', 'tabs'],
  ['sep=|', 'sep=|\nuserName|age\na|1', '"|"'],
  ['semicolons and a comma in a cell', 'userName;"a,b";age\n1;2;3', 'semicolons'],
  ['a semicolon and a comma', 'userName;age,score\n1;2,3', 'semicolons'],
])('A file with %s is told to have commas instead', async (_, content, separators) => {
  expect(await refusal('CSV', content)).toEqual([
    `The columns are separated by ${separators}; separate them with commas.`,
  ]);
});

const needsEnd = (row: object) => 'name' in row;

const readWhole = (text: string, format: RowFormat = 'CSV') =>
  allOf(readRows({ format, bytes: Buffer.from(text), needsEnd }, person, 'somebody'));

test('A last line without an end is refused for rows that need to be whole, and for no others', async () => {
  const open = 'userName,name.givenName\r\nada,Ada\r\nbob,Bob';
  await expect(readWhole(open)).rejects.toThrow(
    'Line 3, the last one, has no line break at its end, so that nobody can tell whether the file was cut off: add one if it is whole.',
  );
  await expect(readWhole('userName,name.givenName\nada,"Ada"')).rejects.toThrow('Line 2, the last one,');
  // Cut off where the cell begins of which that depends.
  await expect(readWhole('userName,name.givenName\nada,Ada\nbob,')).rejects.toThrow('Line 3, the last one,');
  const long = `userName,age,name.givenName\n${'ä,1,\n'.repeat(60_000)}bob,2,`;
  await expect(readWhole(long)).rejects.toThrow('Line 60002, the last one,');
  expect(await readWhole(`${long}\n`)).toHaveLength(60_001);
  expect(await readWhole('userName,name.givenName,age\nada,,1\nbob,,')).toHaveLength(2);
  for (const end of ['\r\n', '\n', '\r']) expect(await readWhole(`${open}${end}`)).toHaveLength(2);
  expect(await readWhole('userName\r\nada\r\nbob')).toHaveLength(2);
  expect(await readWhole('{"userName":"ada","name":{"givenName":"Ada"}}', 'NDJSON')).toHaveLength(1);
});

test('All columns that are wrong are told at once', async () => {
  expect(await refusal('CSV', 'userName.x,,age,age\n1,2,3,4')).toEqual([
    'The column "userName.x" is unknown: right would be userName.',
    'Column 2 has no name.',
    'The column "age" is there more than once.',
  ]);
});

test('A file of CSV has so many rows and a row so many bytes at most, and no more', async () => {
  expect(await read('CSV', 'userName\na\nb\n', { maxRows: 2 })).toHaveLength(2);
  expect(await refusal('CSV', 'userName\na\nb\nc\n', { maxRows: 2 })).toEqual([
    'The source has more than 2 rows.',
  ]);
  const long = 'x'.repeat(131_072);
  expect(await read('CSV', `userName\n${long}\n`)).toEqual([right(2, { userName: long })]);
  const isTooLong = ['', 'The row must have at most 131,072 bytes.', null] as const;
  expect(await read('CSV', `userName\na\n${long}x\n\nb\n${','.repeat(5_000_000)}\r\nc`)).toEqual([
    right(2, { userName: 'a' }),
    wrong(3, [...isTooLong]),
    right(5, { userName: 'b' }),
    wrong(6, [...isTooLong]),
    right(7, { userName: 'c' }),
  ]);
});

const tooLong = (line: number) => [`Line ${line} is of a row of more than 131,072 bytes.`];

test('A row whose quote is open where it becomes too long has no end that can be told, nor has a header', async () => {
  const long = 'x'.repeat(131_080);
  expect(await refusal('CSV', `userName\na\n"${long}"\nb\n`)).toEqual(tooLong(3));
  expect(await refusal('CSV', `userName\na\n"${long}`)).toEqual(tooLong(3));
  expect(await refusal('CSV', `\n${long}x\na\n`)).toEqual(tooLong(2));
  const rows = 'a\n'.repeat(100_000);
  expect(await refusal('CSV', `userName\n5" wide\n${rows}`)).toEqual([
    'Line 2 has a quote in a cell that does not begin with one: put the cell in quotes, and double those in it.',
  ]);
  expect(await refusal('CSV', `userName\n"a\n${rows}"b"\n`)).toEqual(tooLong(2));
});

test('At most 100 columns that are wrong are told', async () => {
  const names = Array.from({ length: 10_000 }, (_, at) => `x${at}`);
  const flaws = await refusal('CSV', `${names.join()}\n${names.join()}\n`);
  expect(flaws).toHaveLength(100);
  expect(flaws[99]).toMatch(/^The column "x99" is unknown/);
});

test('Rows of all lengths are read alike, wherever the file is taken apart', async () => {
  const names = Array.from({ length: 3_000 }, (_, at) => `${at}"\r\n,ä`.repeat(at % 40));
  const lines = names.map(
    (name, at) => `"${name.replaceAll('"', '""')}",${at}${at % 3 === 0 ? '\r\n' : '\n\n'}`,
  );
  const rows = await read('CSV', `userName,age\n${lines.join('')}`);
  expect(rows.map(({ value }) => value)).toEqual(
    names
      .map((userName, age) => ({ language: 'en', age, ...(userName !== '' && { userName }) }))
      .map(value => ('userName' in value ? value : undefined)),
  );
});
