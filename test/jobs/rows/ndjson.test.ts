/** Rows of files with a JSON object on each line. */
import { expect, test } from 'vitest';
import { read, refusal, right, wrong } from '../../support/rows.ts';

test('NDJSON has an object a line, of which blank ones are left out', async () => {
  const content =
    '\uFEFF{"userName":"ada","age":3}\r\n\n  \n{"userName":"bob","name":null,"tags":"x","extensions":{"big":12345678901234567890}}';
  expect(await read('NDJSON', content)).toEqual([
    right(1, { userName: 'ada', age: 3 }),
    right(4, { userName: 'bob', name: null, tags: ['x'], extensions: { big: 12_345_678_901_234_567_890n } }),
  ]);
});

test('A line of NDJSON is at fault when it is no object, names something twice, or is none of the type', async () => {
  const lines = [
    '[1]',
    '{"userName":"ada"',
    '{"userName":"ada","name":{"givenName":"a","givenName":"b"}}',
    '{"userName":null,"nickname":"x","name":[],"emails":[{"primary":"true"}],"toString":1}',
    '"ada"',
  ];
  expect(await read('NDJSON', lines.join('\n'))).toEqual([
    wrong(1, ['', 'The line must be a JSON object.', null]),
    wrong(2, ['', 'The line is no JSON.', null]),
    wrong(3, ['name.givenName', 'name.givenName is there more than once.', null]),
    wrong(
      4,
      ['userName', 'userName is required.', null],
      ['name', 'name must be an object.', null],
      ['emails.0.value', 'emails.0.value is required.', null],
      ['emails.0.primary', 'emails.0.primary must be of type Boolean.', null],
      ...['nickname', 'toString'].map(
        name =>
          [
            name,
            `${name} is unknown: right would be one of userName, name, emails, tags, active, age, score, kind, extensions, owner, language.`,
            null,
          ] as [string, string, null],
      ),
    ),
    wrong(5, ['', 'The line must be a JSON object.', null]),
  ]);
});

test.each([
  ['nothing', '', 'The source is empty.'],
  ['blank lines alone', '\r\n \n', 'The source is empty.'],
  [
    'a last line that is cut off',
    '{"userName":"ada"}\n{"userName":"b\n\n',
    'Line 2, the last one, is no complete JSON: the file seems to be cut off.',
  ],
  [
    'bytes that are no UTF-8',
    Buffer.from('{"userName":"\xFC"}', 'latin1'),
    'Line 1 is not encoded in UTF-8: save the file as UTF-8.',
  ],
])('A file of NDJSON with %s is refused', async (_, content, message) => {
  expect(await refusal('NDJSON', content)).toEqual([message]);
});

test('A file of NDJSON has so many rows and a row so many bytes at most, and no more', async () => {
  const row = '{"userName":"ada"}\n';
  expect(await read('NDJSON', row.repeat(2), { maxRows: 2 })).toHaveLength(2);
  expect(await refusal('NDJSON', row.repeat(3), { maxRows: 2 })).toEqual([
    'The source has more than 2 rows.',
  ]);
  expect(await read('NDJSON', row, { maxRowBytes: 18 })).toHaveLength(1);
  expect(await read('NDJSON', `${row}{}\n`, { maxRowBytes: 17 })).toEqual([
    wrong(1, ['', 'The row must have at most 17 bytes.', null]),
    wrong(2, ['userName', 'userName is required.', null]),
  ]);
  const longest = JSON.stringify({ userName: 'x'.repeat(131_057) });
  expect(await read('NDJSON', longest)).toHaveLength(1);
  expect(await read('NDJSON', ` ${longest}`)).toEqual([
    wrong(1, ['', 'The row must have at most 131,072 bytes.', null]),
  ]);
});

test('Millions of blank lines are no rows, and others have their turns in between', async () => {
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 1);
  const row = '{"userName":"ada"}';
  expect(await read('NDJSON', `${row}${'\n'.repeat(3_000_000)}${row}`)).toEqual([
    right(1, { userName: 'ada' }),
    right(3_000_001, { userName: 'ada' }),
  ]);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(10);
});

test('The line that is not encoded in UTF-8 is found wherever it is', async () => {
  const lines = ['', 'a', '', '\r', 'ä', 'b'.repeat(100), '', ''];
  for (let broken = 0; broken < lines.length; broken += 1) {
    const bytes = Buffer.concat(
      lines.map((line, at) =>
        Buffer.concat([Buffer.from(line), Buffer.from(at === broken ? [0xff, 10] : [10])]),
      ),
    );
    expect(await refusal('NDJSON', bytes)).toEqual([
      `Line ${broken + 1} is not encoded in UTF-8: save the file as UTF-8.`,
    ]);
  }
});

test('At most so many faults of a row are told', async () => {
  const [row] = await read('NDJSON', JSON.stringify({ userName: 'ada', tags: [1, 2, 3, 4] }), {
    maxFaults: 3,
  });
  expect(row?.faults.map(({ message }) => message)).toEqual([
    'tags.0 must be of type String.',
    'tags.1 must be of type String.',
    'tags.2 must be of type String.',
  ]);
});

test('A line of NDJSON that is cut off anywhere is no object', async () => {
  const line = '{"userName":"ada","tags":["}",1],"age":12}';
  for (let length = 1; length < line.length; length += 1)
    await expect(read('NDJSON', line.slice(0, length))).rejects.toThrow('the file seems to be cut off');
});
