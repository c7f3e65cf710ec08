/** What is right in a row that has faults is left of it, so that further faults can be looked for. */
import { expect, test } from 'vitest';
import { rowOf } from '../../support/rows.ts';

test.each<[what: string, row: object, value: object, leftOut: readonly string[]]>([
  ['a leaf of another type', { userName: 'ada', age: 'x' }, { userName: 'ada' }, ['age']],
  ['a word that the enum has not', { userName: 'ada', kind: 'BOSS' }, { userName: 'ada' }, ['kind']],
  ['an unknown member', { userName: 'ada', nick: 'a' }, { userName: 'ada' }, ['nick']],
  ['what must be an object', { userName: 'ada', name: 3 }, { userName: 'ada' }, ['name']],
  [
    'a member within a list',
    { userName: 'ada', emails: [{ value: 'a' }, { value: 'b', primary: 'maybe' }] },
    { userName: 'ada', emails: [{ value: 'a' }, { value: 'b' }] },
    ['emails.1.primary'],
  ],
  [
    'an item of a list, in whose place nothing is',
    { userName: 'ada', emails: ['a', { value: 'b' }], tags: ['a', 1, 'c'] },
    { userName: 'ada', emails: [{}, { value: 'b' }], tags: ['a', undefined, 'c'] },
    ['emails.0', 'tags.1'],
  ],
  [
    'what stands for a list of itself',
    { userName: 'ada', emails: { value: 1 } },
    { userName: 'ada' },
    ['emails.value', 'emails'],
  ],
  [
    'two where one has to be',
    { userName: 'ada', owner: { id: '1', userName: 'a' } },
    { userName: 'ada' },
    ['owner'],
  ],
  ['nothing where something is required', { name: null, tags: ['a'] }, { name: null, tags: ['a'] }, []],
])('Of a row with %s, the rest is left', async (_what, row, value, leftOut) => {
  expect((await rowOf(JSON.stringify(row)))?.remains).toEqual({
    value,
    leftOut: leftOut.map(path => path.split('.')),
  });
});

test('Of two members of one name the last is left, and all such names are told', async () => {
  const row = await rowOf(
    '{"userName":"a","name":{"givenName":1,"givenName":"b"},"userName":"c","age":12345678901234567890}\n',
  );
  expect(row?.faults.map(({ message }) => message)).toEqual([
    'name.givenName is there more than once.',
    'userName is there more than once.',
    'age must be of type Int.',
  ]);
  expect(row?.remains).toEqual({ value: { userName: 'c', name: { givenName: 'b' } }, leftOut: [['age']] });
});

test('Nothing is left of a row with more faults than are told', async () => {
  const tags = Array.from({ length: 100 }, (_, at) => at);
  expect((await rowOf(JSON.stringify({ userName: 'ada', tags })))?.remains).toBeUndefined();
});
