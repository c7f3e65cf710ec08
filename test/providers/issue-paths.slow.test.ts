/** Every argument, and every member of an input at any depth: what is wrong with it is told by the path that was sent. */
import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { examples, mutationNamed } from '../support/mutations.ts';
import { documentOfQuery, exampleOf, lists } from '../support/queries.ts';

await Promise.all(providers.map(({ load }) => load()));
const schema = assembleSchema();

type Args = Readonly<Record<string, unknown>>;

/** Where a value may be put, its type, and what is there beside it. */
interface Place {
  readonly path: readonly string[];
  readonly type: string;
  readonly put: (value: unknown) => unknown;
}

/** The leaves of a type; `given` is a value that succeeds. */
function leaves(type: GraphQLInputType, given: unknown, path: readonly string[]): Place[] {
  if (isNonNullType(type)) return leaves(type.ofType, given, path);
  if (isListType(type)) {
    const [first] = Array.isArray(given) ? (given as unknown[]) : [];
    return leaves(type.ofType, first, [...path, '0']).map(place => ({
      ...place,
      put: value => [place.put(value)],
    }));
  }
  if (!isInputObjectType(type)) return [{ path, type: getNamedType(type).name, put: value => value }];
  const beside = type.isOneOf ? {} : (given as Args | undefined);
  return Object.values(type.getFields()).flatMap(field =>
    leaves(field.type, (given as Args | undefined)?.[field.name], [...path, field.name]).map(place => ({
      ...place,
      put: value => ({
        ...required(type.getFields(), type.isOneOf),
        ...beside,
        [field.name]: place.put(value),
      }),
    })),
  );
}

/** What an input that is not in the example needs beside the member in question. */
function required(
  fields: Readonly<Record<string, { readonly type: GraphQLInputType }>>,
  isOneOf: boolean,
): Args {
  if (isOneOf) return {};
  const needed = Object.entries(fields).filter(([, { type }]) => isNonNullType(type));
  return Object.fromEntries(needed.map(([name]) => [name, 'needed']));
}

interface Case extends Place {
  readonly coordinate: string;
  readonly document: string;
  readonly variables: (value: unknown) => Args;
}

const selection = '... on InvalidInputError { issues { path message } }';

/** A batch refuses its items one by one. */
function selectionOf(name: string): string {
  const { hasOutcomes, typeName } = mutationNamed(name);
  return hasOutcomes
    ? `${selection} ... on ${typeName}Success { items: outcomes { __typename ${selection} } }`
    : selection;
}

const ids = {
  id: 'UmVrb2duaXRpb25Vc2VyOmVtcGxveWVlcy9hZGE',
  ids: ['UmVrb2duaXRpb25Vc2VyOmVtcGxveWVlcy9hZGE'],
};

function argsOf(name: string): Args {
  return examples[name]?.args ?? ids;
}

/** What jobs are given is told with their rows, and where the rows are tested; of what the gateway keeps, in the tests of that. */
const ofGateway = new Set([
  ...operations().flatMap(({ kind, name }) => (kind === 'job' || kind === 'jobChange' ? [name] : [])),
  'auditEvents',
  'Job',
]);

const cases: Case[] = (['query', 'mutation'] as const).flatMap(operation => {
  const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  const fields = Object.values(root?.getFields() ?? {}).filter(({ name }) => !ofGateway.has(name));
  return fields.flatMap(field =>
    field.args.flatMap(arg => {
      const given =
        operation === 'mutation' ? { input: mutationNamed(field.name).input } : argsOf(field.name);
      const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
      const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
      const document = `${operation} (${declared}) { result: ${field.name}(${passed}) { __typename ${operation === 'mutation' ? selectionOf(field.name) : ''} } }`;
      const at = operation === 'mutation' ? [] : [arg.name];
      return leaves(arg.type, given[arg.name], at).map(place => ({
        ...place,
        coordinate: `${root?.name}.${field.name}`,
        document,
        variables: (value: unknown) => ({ ...given, [arg.name]: place.put(value) }),
      }));
    }),
  );
});

const pass = (args: readonly { readonly name: string }[]) =>
  args.map(({ name }) => `${name}: $${name}`).join();

/** The fields of other types, each asked of a thing that an example finds. */
const nested: Case[] = Object.values(schema.getTypeMap()).flatMap(type =>
  isObjectType(type) &&
  type !== schema.getQueryType() &&
  type !== schema.getMutationType() &&
  type !== schema.getSubscriptionType() &&
  !ofGateway.has(type.name) &&
  !type.name.startsWith('__')
    ? Object.values(type.getFields())
        .filter(({ args }) => args.length > 0)
        .flatMap(field => {
          const parents = Object.values(schema.getQueryType()?.getFields() ?? {});
          const parent = parents.find(each => getNamedType(each.type) === type);
          const given = argsOf(parent?.name ?? '');
          const declared = [...(parent?.args ?? []), ...field.args].map(
            ({ name, type: of }) => `$${name}: ${String(of)}`,
          );
          const document = `query (${declared.join()}) { ${parent?.name}(${pass(parent?.args ?? [])}) { ${field.name}(${pass(field.args)}) { __typename } } }`;
          return field.args.flatMap(arg =>
            leaves(arg.type, undefined, [arg.name]).map(place => ({
              ...place,
              coordinate: `${type.name}.${field.name}`,
              document,
              variables: (value: unknown) => ({ ...given, [arg.name]: place.put(value) }),
            })),
          );
        })
    : [],
);

const all = [...cases, ...nested].filter(
  ({ type }) => !isEnumType(schema.getType(type)) && type !== 'Boolean',
);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const id = (text: string) => Buffer.from(text).toString('base64url');
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  String: [
    '\ud800',
    'x\udc00',
    '',
    ' ',
    '\u0000',
    'x'.repeat(5_000),
    '.',
    Buffer.from('[0,10,"no-such"]').toString('base64url'),
  ],
  Int: [0, -1, 5_001],
  Float: [-1, 101],
  Base64: ['', 'R0lGODlh'],
  Upload: ['0', '\ud800'],
  ID: [
    '',
    '\ud800',
    'x',
    `${ids.id}\udc00`,
    id('Nobody:x'),
    id('ChimeUser:../..'),
    id('RekognitionUser:a/ '),
  ],
  JSONObject: [
    { x: '\ud800' },
    { '\ud800': 1 },
    { 'aws:identitystore:enterprise': { n: 2 ** 53 } },
    { 'aws:identitystore:other': { n: 1 } },
    { 'aws:identitystore:enterprise': { n: 1 }, 'aws:identitystore:other': { n: 1 } },
    Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [`aws:identitystore:${'x'.repeat(at + 1)}`, at]),
    ),
  ],
};

/** Whether a path leads to something that was sent. */
function leadsTo(path: readonly string[], sent: unknown): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return true;
  return typeof sent === 'object' && sent !== null && first in sent && leadsTo(rest, (sent as Args)[first]);
}

test('Every argument and member of an input is tried, but for those whose type lets no wrong value through', () => {
  expect(all.length).toBeGreaterThan(70);
  expect(new Set(all.map(({ type }) => type))).toEqual(new Set(Object.keys(wrong)));
});

test.each(all)('What is wrong with $path of $coordinate is told by that path', async place => {
  let refusals = 0;
  for (const value of wrong[place.type] ?? []) {
    const sent = place.variables(value);
    const { data, errors } = await gateway.query(place.document, sent);
    const issues = [
      ...(data?.result?.issues ?? []),
      ...(errors ?? []).flatMap(({ extensions }) => extensions['issues'] ?? [extensions['code']]),
    ] as { path: string[]; message: string }[];
    const isMutation = place.coordinate.startsWith('Mutation.');
    for (const { path, message } of issues) {
      refusals += 1;
      expect({ value, message, path: path.slice(0, place.path.length) }).toEqual({
        value,
        message,
        path: place.path,
      });
      expect(leadsTo(path, isMutation ? sent['input'] : sent)).toBe(true);
    }
    if (place.type === 'JSONObject') {
      const inside = issues.map(({ path }) => path[place.path.length]);
      expect({ value, inside }).toEqual({
        value,
        inside: expect.arrayContaining([Object.keys(value as Args).at(-1)]),
      });
    }
    if (typeof value === 'string' && !value.isWellFormed()) {
      const paths = new Set(issues.map(({ path }) => path.join()));
      expect({ value, count: paths.size }).toEqual({ value, count: 1 });
      // What the field is of is found before, by two calls at most.
      const isField = !place.coordinate.startsWith('Query.') && !isMutation;
      expect(gateway.localAws.requests.list().length).toBeLessThanOrEqual(isField ? 2 : 0);
    }
    gateway.localAws.reset();
  }
  expect(refusals).toBeGreaterThan(0);
});

test('One id that is none leaves the others their answers', async () => {
  const { data, errors } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [ids.id, 'bad', id('Nobody:x'), id('ChimeUser:../..'), ids.id],
  });
  expect(data.nodes).toEqual([{ id: ids.id }, null, null, null, { id: ids.id }]);
  expect(errors?.map(({ path, extensions }) => [path, extensions['issues']])).toEqual([
    [['nodes', 1], [{ path: ['ids', '1'], message: 'ids.1 must be a global id that this API gave out.' }]],
    [['nodes', 2], [{ path: ['ids', '2'], message: 'ids.2 is not of a type that this gateway serves.' }]],
    [['nodes', 3], [{ path: ['ids', '3'], message: 'ids.3 must be a global id that this API gave out.' }]],
  ]);
});

const storesAndMore = lists.filter(({ name }) => stringArgsOf(name).length > 0);

/** The names of the arguments of a list beside those of every connection. */
function stringArgsOf(name: string): string[] {
  const { args = [] } = schema.getQueryType()?.getFields()[name] ?? {};
  const others = args.filter(arg => arg.name !== 'after' && getNamedType(arg.type).name === 'String');
  return others.map(arg => arg.name);
}

test.each(storesAndMore)(
  '$name tells at once what is wrong with its page and with the rest',
  async ({ name }) => {
    const [own = ''] = stringArgsOf(name);
    const args = { ...exampleOf(name).args, [own]: '', first: 0, after: 'x' };
    const { errors } = await gateway.query(documentOfQuery(name, '__typename', args));
    const issues = errors?.[0]?.extensions['issues'] as readonly { path: string[] }[];
    expect(new Set(issues.map(({ path }) => path.join('.')))).toEqual(new Set([own, 'first', 'after']));
    expect(gateway.calls()).toEqual([]);
  },
);
