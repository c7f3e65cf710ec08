/** Rows of files of comma-separated values: how they are read, and what is wrong with one. */
import { expect, test } from 'vitest';
import { readRows } from '../../../src/jobs/rows/index.ts';
import { cells, person, read, right, wrong } from '../../support/rows.ts';

test('The cells of a row are members of an object, by the paths that are the names of their columns', async () => {
  const header =
    'userName,name.givenName,emails.0.value,emails.0.primary,emails.1.value,tags.0,tags.1,owner.id';
  expect(await cells(header, 'ada,Ada,ada@example.com,TRUE,a@example.org,x,y,7')).toEqual(
    right(2, {
      userName: 'ada',
      name: { givenName: 'Ada' },
      emails: [{ value: 'ada@example.com', primary: true }, { value: 'a@example.org' }],
      tags: ['x', 'y'],
      owner: { id: '7' },
    }),
  );
});

test('Columns of a list may come in any order', async () => {
  expect(await cells('tags.1,userName,tags.0', 'b,ada,a')).toEqual(
    right(2, { userName: 'ada', tags: ['a', 'b'] }),
  );
});

test('A cell is read by the type of its member', async () => {
  expect(
    await cells(
      'userName,active,age,score,kind,extensions',
      '007,False,-3,2.5e3,GUEST,"{""a"":[1,{""b"":null}]}"',
    ),
  ).toEqual(
    right(2, {
      userName: '007',
      active: false,
      age: -3,
      score: 2500,
      kind: 'GUEST',
      extensions: { a: [1, { b: null }] },
    }),
  );
});

test('An empty cell stands for a member that is absent, and so do an object and a list of which all cells are empty', async () => {
  const header = 'userName,name.givenName,name.familyName,emails.0.value,tags.0,active,language';
  expect(await cells(header, 'ada,,"",,,,')).toEqual(right(2, { userName: 'ada' }));
  expect(await cells(header, 'ada,,Lovelace,,,,fr')).toEqual(
    right(2, { userName: 'ada', name: { familyName: 'Lovelace' }, language: 'fr' }),
  );
});

test('Blanks belong to a cell', async () => {
  expect(await cells('userName,name.givenName', ' ada ,"  "')).toEqual(
    right(2, { userName: ' ada ', name: { givenName: '  ' } }),
  );
});

test('Quotes keep commas, quotes and line ends, and each row is told with the line on which it begins', async () => {
  const content =
    '\r\nuserName,name.givenName\r\n"a,b","c""d"\r\n\r\n"e\r\nf\ng","h"\r\n,,\r\n\r\ni,j\r\nk,"l\r\n"\r\nm,n';
  expect(await read('CSV', content)).toEqual([
    right(3, { userName: 'a,b', name: { givenName: 'c"d' } }),
    right(5, { userName: 'e\r\nf\ng', name: { givenName: 'h' } }),
    right(10, { userName: 'i', name: { givenName: 'j' } }),
    right(11, { userName: 'k', name: { givenName: 'l\r\n' } }),
    right(13, { userName: 'm', name: { givenName: 'n' } }),
  ]);
});

test.each([
  ['CRLF', 'userName\r\nada\r\nbob\r\n'],
  ['LF', 'userName\nada\nbob\n'],
  ['CR', 'userName\rada\rbob\r'],
  ['a byte order mark', '\uFEFFuserName\r\nada\r\nbob'],
  ['a byte order mark before a quote', '\uFEFF"userName"\r\nada\r\nbob'],
  ['several of them', 'userName\nada\r\nbob'],
])('A file with %s is read', async (_, content) => {
  expect(await read('CSV', content)).toEqual([right(2, { userName: 'ada' }), right(3, { userName: 'bob' })]);
});

test('All faults of a row are told with their columns', async () => {
  const header = 'userName,emails.0.value,emails.0.primary,active,age,score,kind,extensions,tags.0';
  expect(await cells(header, ',,true,yes,1.5,1 000,BOSS,{,')).toEqual(
    wrong(
      2,
      ['userName', 'userName is required.', 'userName'],
      ['emails.0.value', 'emails.0.value is required.', 'emails.0.value'],
      ['active', 'active must be of type Boolean.', 'active'],
      ['age', 'age must be of type Int.', 'age'],
      ['score', 'score must be of type Float.', 'score'],
      ['kind', 'kind must be one of EMPLOYEE, GUEST.', 'kind'],
      ['extensions', 'extensions must be of type JSONObject.', 'extensions'],
    ),
  );
});

test('A fault of a member without a column names none', async () => {
  expect(await cells('emails.0.primary', 'true')).toEqual(
    wrong(
      2,
      ['userName', 'userName is required.', null],
      ['emails.0.value', 'emails.0.value is required.', null],
    ),
  );
});

test('A row whose list has an empty place is at fault', async () => {
  expect(
    await cells('userName,emails.0.value,emails.0.primary,emails.1.value', 'ada,,,a@example.com'),
  ).toEqual(wrong(2, ['emails.0', 'emails.0 is required.', 'emails.0.value']));
});

test('A row must have exactly one member of what is one of several', async () => {
  expect(await cells('userName,owner.id,owner.userName', 'ada,1,bob')).toEqual(
    wrong(2, ['owner', 'owner must have exactly one of id, userName.', 'owner.id']),
  );
});

test('A number beyond what its type holds is no other number', async () => {
  expect(await cells('userName,age,score', 'ada,2147483648,0.1234567890123456789')).toEqual(
    wrong(2, ['age', 'age must be of type Int.', 'age'], ['score', 'score must be of type Float.', 'score']),
  );
});

test('JSON in a cell may have a name once', async () => {
  expect(await cells('userName,extensions', 'ada,"{""a"":{""b"":1,""b"":2}}"')).toEqual(
    wrong(2, ['extensions.a.b', 'extensions.a.b is there more than once.', 'extensions']),
  );
});

test('A row of too few or too many cells is at fault', async () => {
  expect(await read('CSV', 'userName,name.givenName\na,b,c\nd\ne,f\ng\n')).toEqual([
    wrong(2, ['', 'The row has 3 cells where the header has 2.', null]),
    wrong(3, ['', 'The row has 1 cell where the header has 2.', null]),
    right(4, { userName: 'e', name: { givenName: 'f' } }),
    wrong(5, ['', 'The row has 1 cell where the header has 2.', null]),
  ]);
});

test('Others have their turns while a large file is read', async () => {
  const bytes = Buffer.from(`userName,age\n${'ada,3\n'.repeat(30_000)}`);
  let turns = 0;
  const others = setInterval(() => (turns += 1));
  let rows = 0;
  for await (const { value } of readRows({ format: 'CSV', bytes }, person, 'somebody')) if (value) rows += 1;
  clearInterval(others);
  expect(rows).toBe(30_000);
  expect(turns).toBeGreaterThan(2);
});
