/** Times that are none, put into every answer to a query that has a place for one. */
import { type GraphQLNamedType, getNamedType, isLeafType, isObjectType, isUnionType } from 'graphql';
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

const oddTimes = [1e18, -1e18, 1e300, 'NaN', 'Infinity', 'soon', '2026-13-45T00:00:00Z', true, {}];

/** What is in the place of times; undefined for the times themselves. */
let time: unknown;
const places = new Set<string>();

/** An answer in which every time is another value. */
function odd(model: ServiceModel, name: string, value: unknown): unknown {
  const { type, members = {}, member: item = '' } = model.shapes[name] ?? { type: '' };
  if (type === 'timestamp' && value !== undefined) return time;
  if (type === 'list' && Array.isArray(value)) return value.map(each => odd(model, item, each));
  if (type !== 'structure' || typeof value !== 'object' || value === null) return value;
  const changed = Object.entries(members).flatMap(([member, { shape, wireName = member }]) => {
    const held = (value as Readonly<Record<string, unknown>>)[wireName];
    if (held === undefined || held === null) return [];
    if (model.shapes[shape]?.type === 'timestamp') places.add(`${name}.${member}`);
    return [[wireName, odd(model, shape, held)]];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

let aws: ChangedAws;
let gateway: RunningGateway;
const log: string[] = [];
beforeAll(async () => {
  aws = await startChangedAws((model, output, answer) =>
    time === undefined ? answer : odd(model, output, answer),
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

async function run(document: string, as?: unknown) {
  time = as;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

/** The data with null at the path of an error. */
function without(data: unknown, [first, ...rest]: readonly (string | number)[]): unknown {
  if (first === undefined) return null;
  if (Array.isArray(data)) return data.map((item, at) => (at === first ? without(item, rest) : item));
  const held = (data as Readonly<Record<string, unknown>>)[first];
  return { ...(data as object), [first]: without(held, rest) };
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

  test.each(oddTimes)('with %j for times lacks those alone, and tells of each in its place', async as => {
    const { status, data, errors = [] } = await run(document, as);
    expect(status).toBe(200);
    let expected: unknown = usual.data;
    for (const { message, path = [], extensions } of errors) {
      expect(message).toBe('AWS gave a time that is no time.');
      expect(extensions).toMatchObject({ code: 'PROVIDER_FAILURE', retryable: false });
      expected = without(expected, path);
    }
    expect(data).toEqual(expected);
  });
});

test('Times were odd in many places', () => {
  expect(places.size).toBeGreaterThan(8);
});
