/** Members of AWS's answers that are not what its models say, put into every answer to a query that has a place for one. */
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import type { RunningGateway } from '../../src/gateway.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { queryDocument } from '../../src/schema/example-documents.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { type ChangedAws, startChangedAws } from '../support/changed-aws.ts';
import type { Answer } from '../support/gateway.ts';
import { examples } from '../support/mutations.ts';

const schema = assembleSchema();

/** Values that are none of a type, by the types of AWS's models. Strangers among enums have a test of their own. */
const oddities: readonly (readonly [type: string, value: unknown])[] = [
  ...[1e18, 'NaN', 'soon', '2026-13-45T00:00:00Z', true, {}].map(value => ['timestamp', value] as const),
  ...[5, true, ['x']].map(value => ['string', value] as const),
  ...[2 ** 31, 2 ** 53 + 2, 1.5, 'x'].map(value => ['long', value] as const),
  ...['x', 'NaN', ['x']].map(value => ['float', value] as const),
  ...[5, 'x'].map(value => ['boolean', value] as const),
  ...['x', { a: 1 }].map(value => ['list', value] as const),
  ...[5, 'x'].map(value => ['structure', value] as const),
];

/** What is odd in answers; undefined for nothing. */
let oddity: (typeof oddities)[number] | undefined;
/** The members that were odd, and in how many places. */
const places = new Map<string, number>();

/** Members without which a thing has no name. */
const keys = new Set(
  Object.values(schema.getTypeMap())
    .filter(type => isObjectType(type))
    .filter(type => type.getInterfaces().some(({ name }) => name === 'Node'))
    .flatMap(type => Object.values(type.getFields()).filter(field => isNonNullType(field.type)))
    .map(({ name }) => name.toLowerCase()),
);

function isKey(model: ServiceModel, member: string, shape: string): boolean {
  const inside = Object.keys(model.shapes[shape]?.members ?? {});
  return (
    keys.has(member.toLowerCase()) ||
    (inside.length > 0 && inside.every(name => keys.has(name.toLowerCase())))
  );
}

/** An answer in which every member of one type, of the first item of each list at its top, has another value. */
function odd(model: ServiceModel, name: string, value: unknown, depth = 0): unknown {
  const { type, members = {}, member: item = '' } = model.shapes[name] ?? { type: '' };
  if (type === 'list' && Array.isArray(value))
    return value.map((each, at) => (at > 0 && depth === 1 ? each : odd(model, item, each, depth + 1)));
  if (type !== 'structure' || typeof value !== 'object' || value === null) return value;
  const changed = Object.entries(members).flatMap(([member, { shape, wireName = member }]) => {
    const held = (value as Readonly<Record<string, unknown>>)[wireName];
    if (held === undefined || held === null) return [];
    const of = model.shapes[shape]?.type;
    const isWalkedAlong = depth === 0 && (of === 'list' || member === 'NextToken');
    if (of !== oddity?.[0] || isWalkedAlong || isKey(model, member, shape))
      return [[wireName, odd(model, shape, held, depth + 1)]];
    places.set(member, (places.get(member) ?? 0) + 1);
    return [[wireName, oddity?.[1]]];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

let aws: ChangedAws;
let gateway: RunningGateway;
const log: string[] = [];
beforeAll(async () => {
  aws = await startChangedAws((model, output, answer) =>
    oddity === undefined ? answer : odd(model, output, answer),
  );
  const env = {
    IDENTITY_STORE_ID: demoWorld.identityStore.identityStoreId,
    MAX_UPSTREAM_CALLS: '10000',
    MAX_ANSWER_VALUES: '1000000',
  };
  gateway = await startGatewayOn(aws.url, env, pino({ base: null }, { write: line => log.push(line) }));
});
beforeEach(() => {
  log.length = 0;
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

/** Every leaf of a type, at any depth. */
function leavesOf(type: GraphQLNamedType, above: readonly GraphQLNamedType[] = []): string {
  if (above.includes(type) || isUnionType(type) || !isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).map(field => {
    if (field.args.some(({ name }) => name !== 'first' && name !== 'after')) return '';
    const of = getNamedType(field.type);
    if (isLeafType(of)) return field.name;
    const inside = leavesOf(of, [...above, type]);
    return inside && `${field.name} { ${inside} }`;
  });
  return fields.filter(text => text !== '').join(' ');
}

async function run(document: string, as?: typeof oddity) {
  oddity = as;
  places.clear();
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

/** The data with null at the path of an error, or above it, where the schema has room for null. */
function without(data: unknown, path: readonly (string | number)[]): unknown {
  let type: GraphQLOutputType = schema.getQueryType() as GraphQLOutputType;
  let nullable = 0;
  for (const [at, part] of path.entries()) {
    const holder = getNullableType(type);
    if (isListType(holder)) type = holder.ofType;
    else type = (holder as GraphQLObjectType).getFields()[part]?.type as GraphQLOutputType;
    if (!isNonNullType(type)) nullable = at + 1;
  }
  return withNullAt(data, path.slice(0, nullable));
}

function withNullAt(data: unknown, [first, ...rest]: readonly (string | number)[]): unknown {
  if (first === undefined || data === null) return null;
  if (Array.isArray(data)) return data.map((item, at) => (at === first ? withNullAt(item, rest) : item));
  const held = (data as Readonly<Record<string, unknown>>)[first];
  return { ...(data as object), [first]: withNullAt(held, rest) };
}

const cases = operations()
  .filter(({ kind }) => kind === 'query')
  .flatMap(({ name }) => {
    const type = getNamedType(schema.getQueryType()?.getFields()[name]?.type);
    if (!isObjectType(type)) return [];
    const example = { ...examples[name], args: examples[name]?.args ?? {}, select: leavesOf(type) };
    return [{ name, document: queryDocument(schema, 'Example', { [name]: example }) }];
  });

describe.each(cases)('What AWS answers to $name', ({ document }) => {
  let usual: Answer;
  beforeAll(async () => {
    usual = await run(document);
    expect(usual.errors).toBeUndefined();
  });

  test.each(oddities)(
    'with a %s that is %j lacks that alone, and tells of it in its place',
    async (...as) => {
      const { status, data, errors = [] } = await run(document, as);
      expect(status).toBe(200);
      let expected: unknown = usual.data;
      for (const { message, path = [], extensions } of errors) {
        const [, member = ''] =
          / gave an answer whose (\w+) is not of the type (\w+)(?:, in \w+\[\d+\])*\.$/.exec(message) ?? [];
        expect([message, [...places.keys()]]).toEqual([expect.any(String), expect.arrayContaining([member])]);
        expect(extensions).toMatchObject({ code: 'PROVIDER_FAILURE', retryable: false });
        // Below the node, which stays.
        if (path.includes('edges')) expect(path.length).toBeGreaterThan(path.indexOf('edges') + 3);
        expected = without(expected, path);
        seen.add(as[0]);
      }
      expect(data).toEqual(expected);
      const logged = log.filter(line => (JSON.parse(line) as { level: number }).level !== 30);
      for (const line of logged) expect(JSON.parse(line)).toMatchObject({ level: 40 });
    },
  );
});

const seen = new Set<string>();

test('Every type was odd somewhere', () => {
  expect([...seen].toSorted()).toEqual([...new Set(oddities.map(([type]) => type))].toSorted());
});
