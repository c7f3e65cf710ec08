/** A type of rows of every kind of member, and what is read of files of them. */
import { buildSchema, type GraphQLInputObjectType, GraphQLScalarType } from 'graphql';
import { expect } from 'vitest';
import { InvalidInputError } from '../../src/errors.ts';
import { type ReadLimits, type RowFormat, readRows, type SourceRow } from '../../src/jobs/rows/index.ts';
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
/** The type of the rows. */
export const person = schema.getType('PersonInput') as GraphQLInputObjectType;

export async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The rows of a file, without what remains of those that have faults. */
export async function read(
  format: RowFormat,
  content: string | Uint8Array,
  limits: Partial<ReadLimits> = {},
): Promise<SourceRow[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const rows = await allOf(readRows({ format, bytes }, person, 'somebody', limits));
  return rows.map(({ line, value, faults }) => ({ line, value, faults }));
}

/** The only row of a file of NDJSON, with what remains of it if it has faults. */
export async function rowOf(json: string): Promise<SourceRow | undefined> {
  const [row] = await allOf(readRows({ format: 'NDJSON', bytes: Buffer.from(json) }, person, 'somebody'));
  return row;
}

/** The only row of a file of CSV. */
export async function cells(columns: string, values: string): Promise<SourceRow | undefined> {
  const rows = await read('CSV', `${columns}\n${values}\n`);
  expect(rows).toHaveLength(1);
  return rows[0];
}

/** Why a file is refused as a whole. */
export async function refusal(
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

/** A row without faults. */
export function right(line: number, value: object) {
  return { line, value: { language: 'en', ...value }, faults: [] };
}

/** A row with faults. */
export function wrong(
  line: number,
  ...faults: readonly [path: string, message: string, column: string | null][]
) {
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
