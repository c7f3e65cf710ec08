/** Rows of bulk jobs, as they are read from files and written to them. */
import * as fc from 'fast-check';
import { buildSchema, type GraphQLInputObjectType, GraphQLScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../src/errors.ts';
import {
  columnsOf,
  type ReadLimits,
  type RowFormat,
  readRows,
  type SourceRow,
  writeCsv,
  writeNdjson,
} from '../../src/jobs/rows/index.ts';
import { jsonObject } from '../../src/schema/scalars.ts';

const schema = buildSchema(`
  scalar JSONObject
  enum Kind { EMPLOYEE GUEST }
  input NameInput { givenName: String familyName: String }
  input EmailInput { value: String! primary: Boolean }
  input OwnerInput @oneOf { id: ID userName: String }
  input PersonInput {
    userName: String!
    name: NameInput
    emails: [EmailInput!]
    tags: [String!]
    active: Boolean
    age: Int
    score: Float
    kind: Kind
    extensions: JSONObject
    owner: OwnerInput
    language: String! = "en"
  }
  type Query { person(person: PersonInput): Boolean }
`);
const { parseValue, serialize } = jsonObject;
Object.assign(
  schema.getType('JSONObject') as object,
  new GraphQLScalarType({
    name: 'JSONObject',
    parseValue,
    serialize: value => serialize(value as Readonly<Record<string, unknown>>),
  }),
);
const person = schema.getType('PersonInput') as GraphQLInputObjectType;

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function read(
  format: RowFormat,
  content: string | Uint8Array,
  limits: Partial<ReadLimits> = {},
): Promise<SourceRow[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return allOf(readRows({ format, bytes }, person, 'somebody', limits));
}

/** The only row of a file of CSV. */
async function cells(columns: string, values: string): Promise<SourceRow | undefined> {
  const rows = await read('CSV', `${columns}\n${values}\n`);
  expect(rows).toHaveLength(1);
  return rows[0];
}

async function refusal(
  format: RowFormat,
  content: string | Uint8Array,
  limits?: Partial<ReadLimits>,
): Promise<readonly string[]> {
  const error: unknown = await read(format, content, limits).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidInputError);
  return (error as InvalidInputError).issues.map(({ path, message }) => {
    expect(path).toEqual([]);
    return message;
  });
}

function right(line: number, value: object) {
  return { line, value: { language: 'en', ...value }, faults: [] };
}

function wrong(line: number, ...faults: readonly [path: string, message: string, column: string | null][]) {
  return {
    line,
    value: undefined,
    faults: faults.map(([path, message, column]) => ({
      path: path === '' ? [] : path.split('.'),
      message,
      column,
    })),
  };
}

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

test('A line of NDJSON that is cut off anywhere is no object', async () => {
  const line = '{"userName":"ada","tags":["}",1],"age":12}';
  for (let length = 1; length < line.length; length += 1)
    await expect(read('NDJSON', line.slice(0, length))).rejects.toThrow('the file seems to be cut off');
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
  const long = 'x'.repeat(1_048_576);
  expect(await read('CSV', `userName\n${long}\n`)).toHaveLength(1);
  expect(await refusal('CSV', `userName\na\n${long}x\n`)).toEqual([
    'Line 3 is of a row of more than 1,048,576 bytes.',
  ]);
});

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
  expect(await refusal('NDJSON', row, { maxRowBytes: 17 })).toEqual(['Line 1 is longer than 17 bytes.']);
});

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
