/** The executor of the bundle gives the results that it gives as it is, whatever is in the fields. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { normalizedExecutor } from '@graphql-tools/executor';
import { build } from 'esbuild';
import { buildSchema, type GraphQLObjectType, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { executor } from '../../build/executor.ts';
import { readsObjectAlone } from '../../src/schema/plain-fields.ts';

type Execute = typeof normalizedExecutor;

let folder: string;
let bundled: Execute;
beforeAll(async () => {
  // Where the bundle finds the same graphql.
  folder = await mkdtemp(join('node_modules', '.executor-'));
  const outfile = resolve(folder, 'executor.mjs');
  await build({
    stdin: { contents: "export { normalizedExecutor } from '@graphql-tools/executor';", resolveDir: '.' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['graphql'],
    plugins: [executor],
    logLevel: 'silent',
  });
  bundled = ((await import(outfile)) as { normalizedExecutor: Execute }).normalizedExecutor;
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const schema = buildSchema(`
  type Query { thing: Thing, things: [Thing!], greet(name: String = "you", times: [Int!]): String, echo(input: In!): String }
  type Mutation { one: Thing, two: Thing }
  interface Named { text: String }
  type Thing implements Named {
    text: String, sure: String!, number: Int, float: Float, flag: Boolean, id: ID, color: Color, list: [String], inner: Thing, own: String, any: Any
  }
  enum Color { RED GREEN }
  scalar Any
  input In { a: String!, b: [In!], c: Int = 3 }
`);
const own = (schema.getType('Thing') as GraphQLObjectType).getFields()['own'];
if (own) {
  own.resolve = (thing: { readonly own: () => unknown }) => thing.own();
  own.extensions = { ...readsObjectAlone };
}

const every = '__typename text sure number float flag id color list any';

const late = Promise.reject(new Error('late'));
// It is given to several objects, of which not all are asked for it.
late.catch(() => {});

/** Values as resolvers give them, good ones and others. */
const values = [
  { text: 'a', sure: 'b', number: 1, float: 1.5, flag: false, id: 7, color: 'RED', list: ['x', null] },
  { text: '', sure: '', number: 0, float: 0, flag: true, id: '', color: 'GREEN', list: [] },
  { text: null, sure: 'b' },
  { text: 'a', sure: null },
  { text: 'a' },
  { sure: 'b', number: 'no number', float: Number.NaN, flag: 'yes', id: 1.5, color: 'BLUE', list: 'x' },
  { sure: 'b', number: 2 ** 40, float: '1.5', flag: 2, color: 0 },
  { sure: Promise.resolve('later'), text: late, number: () => 4, id: 5n },
  { sure: 'b', text: new Error('an error for a value'), number: { valueOf: () => 3 }, color: ['RED'] },
  Object.defineProperty({ sure: 'b' }, 'text', { get: () => fail('a getter throws') }),
  Object.create({ sure: 'inherited', text: 'inherited' }) as object,
  [],
  { sure: 'b', any: { a: [1] } },
  { sure: 'b', any: Promise.resolve('later') },
  { sure: 'b', any: late },
  { sure: 'b', any: new Error('an error for a value') },
  { sure: 'b', any: () => 'called' },
  { sure: 'b', any: Symbol('a') },
  'no object',
  5,
  null,
];

function fail(message: string): never {
  throw new Error(message);
}

interface Case {
  readonly document: string;
  readonly rootValue?: object;
  readonly variables?: Record<string, unknown>;
}

/** Each twice with the bundle's, which remembers. */
async function expectTheSame({ document, rootValue = {}, variables = {} }: Case): Promise<void> {
  const parsed = parse(document);
  const args = { schema, document: parsed, rootValue, variableValues: variables };
  const expected = JSON.stringify(await normalizedExecutor(args));
  expect(JSON.stringify(await bundled(args))).toBe(expected);
  expect(JSON.stringify(await bundled(args))).toBe(expected);
}

it.each(values.map((value, index) => [index, value]))('for the value %i', async (_index, value) => {
  await expectTheSame({ document: `{ thing { ${every} } }`, rootValue: { thing: value } });
  await expectTheSame({ document: `{ things { ${every} } }`, rootValue: { things: [values[0], value] } });
  await expectTheSame({
    document: `{ thing { inner { ${every} } } }`,
    rootValue: { thing: { inner: value } },
  });
  await expectTheSame({
    document: `mutation { one { ${every} } two { sure } }`,
    rootValue: { one: value, two: value },
  });
});

const promised = Promise.resolve('mine');

it.each<[string, () => unknown]>([
  ['gives a value', () => 'mine'],
  ['gives nothing', () => null],
  ['gives a promise', () => promised],
  ['fails', () => fail('mine failed')],
  ['gives what is of another type', () => ({})],
])('for a resolver that reads its object alone and %s', async (_case, ownOf) => {
  const thing = { own: ownOf, sure: 'b' };
  await expectTheSame({ document: '{ thing { sure own again: own } }', rootValue: { thing } });
});

const echo = (args: unknown) => JSON.stringify(args);

const sample = { text: 'a', sure: 'b', id: '1', inner: { text: 'c', sure: 'd' } };

it.each<[string, Case]>([
  [
    'names that objects inherit',
    { document: '{ thing { __proto__: text toString: id constructor: sure } }' },
  ],
  [
    'fragments and selections that meet',
    {
      document:
        '{ thing { ...A inner { text } ... on Named { text } } a: thing { ...A } } fragment A on Thing { inner { sure } id }',
    },
  ],
  [
    'arguments and their defaults',
    {
      document:
        'query ($n: String, $t: [Int!]) { greet a: greet(name: null) b: greet(name: $n) c: greet(name: $n, times: $t) }',
      variables: { t: 3 },
    },
  ],
  [
    'inputs',
    {
      document: 'query ($i: In!) { echo(input: $i) }',
      variables: { i: { a: 'x', b: { a: 'y', b: [{ a: 'z', c: null }] } } },
    },
  ],
  [
    'inputs with names that objects inherit',
    {
      document: 'query ($i: In!) { echo(input: $i) }',
      variables: { i: JSON.parse('{ "a": "x", "__proto__": { "a": "y" } }') as unknown },
    },
  ],
  [
    'inputs that are wrong',
    { document: 'query ($i: In!) { echo(input: $i) }', variables: { i: { b: [{}], d: 1 } } },
  ],
  [
    'introspection',
    {
      document:
        '{ __schema { types { name fields { name type { name kind } } } } __type(name: "Thing") { name } }',
    },
  ],
])('for %s', async (_case, { document, variables }) => {
  await expectTheSame({
    document,
    rootValue: { thing: sample, greet: echo, echo },
    ...(variables && { variables }),
  });
});

it('for directives whose variables change from one request to the next', async () => {
  const document = parse(
    'query ($if: Boolean!) { thing { text @include(if: $if) ...A inner { ... @skip(if: $if) { sure } text } } } fragment A on Thing { id @skip(if: $if) }',
  );
  for (const value of [true, false, true]) {
    const args = { schema, document, rootValue: { thing: sample }, variableValues: { if: value } };
    expect(JSON.stringify(await bundled(args))).toBe(JSON.stringify(await normalizedExecutor(args)));
  }
});
