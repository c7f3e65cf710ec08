/** Values of AWS's enums that this version does not know, put into every answer of AWS that has a place for one. */
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import type { RunningGateway } from '../../src/gateway.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { exampleDocument } from '../../src/schema/example-documents.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { type ChangedAws, startChangedAws } from '../support/changed-aws.ts';
import type { Answer } from '../support/gateway.ts';
import { picture } from '../support/images.ts';
import { examples } from '../support/mutations.ts';

const schema: GraphQLSchema = assembleSchema();
const STRANGER = 'FROM_TOMORROW';

/** An answer in which each member that is an enum, present or not, has the stranger. */
function estranged(model: ServiceModel, name: string, value: unknown, stranger: string): unknown {
  const { type, members = {}, member: item = '', enum: known } = model.shapes[name] ?? { type: '' };
  if (known) return stranger;
  if (type === 'list') {
    const first = model.shapes[item]?.enum?.[0];
    if (first !== undefined) return [first, stranger];
    return Array.isArray(value) ? value.map(each => estranged(model, item, each, stranger)) : value;
  }
  if (type !== 'structure' || typeof value !== 'object' || value === null) return value;
  const changed = Object.entries(members).flatMap(([member, { shape, wireName = member }]) => {
    const held = (value as Readonly<Record<string, unknown>>)[wireName];
    const of = estranged(model, shape, held, stranger);
    return of === undefined ? [] : [[wireName, of] as const];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

let stranger: string | undefined;
let aws: ChangedAws;
let gateway: RunningGateway;
const log: string[] = [];

beforeAll(async () => {
  aws = await startChangedAws((model, output, answer) =>
    stranger === undefined ? answer : estranged(model, output, answer, stranger),
  );
  const { identityStoreId } = demoWorld.identityStore;
  const env = { IDENTITY_STORE_ID: identityStoreId, MAX_UPSTREAM_CALLS: '10000' };
  gateway = await startGatewayOn(aws.url, env, pino({ base: null }, { write: line => log.push(line) }));
});
beforeEach(() => {
  log.length = 0;
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

/** What the gateway tells of itself, and of what it keeps. */
const ofGateway = new Set(['Provider', 'AuditEvent', 'Job', 'JobRow', 'JobCounts']);

/** Whether a type is AWS's, and neither an error nor what the gateway says of itself. */
function isOfAws(type: GraphQLNamedType): type is GraphQLObjectType {
  if (!isObjectType(type) || type.name.startsWith('__') || ofGateway.has(type.name)) return false;
  return !type.getInterfaces().some(({ name }) => name === 'Error');
}

/** All enums in a type, at any depth, each called by its coordinate. */
function enumsOf(type: GraphQLNamedType, above: readonly GraphQLNamedType[] = []): string {
  if (above.includes(type)) return '';
  if (isUnionType(type)) {
    const [success] = type.getTypes();
    return success ? `... on ${success.name} { ${enumsOf(success, above)} }` : '';
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).map(field => {
    const of = getNamedType(field.type);
    if (isEnumType(of)) return `${type.name}__${field.name}: ${field.name}`;
    const inside = enumsOf(of, [...above, type]);
    return inside && `${field.name} { ${inside} }`;
  });
  const found = fields.filter(text => text !== '').join(' ');
  return found && `__typename ${found}`;
}

/** Runs a document on the demo world. */
async function run(document: string, as?: string) {
  aws.localAws.reset();
  stranger = as;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  const answer = (await response.json()) as Answer;
  return { ...answer, status: response.status };
}

/** The data with null at the path of an error. An item of a list that may not be null takes its list along. */
function without(data: unknown, [first, ...rest]: readonly (string | number)[]): unknown {
  const isItem = typeof first === 'number' && rest.length === 0;
  if (first === undefined || isItem) return null;
  if (Array.isArray(data)) return data.map((item, at) => (at === first ? without(item, rest) : item));
  const held = (data as Readonly<Record<string, unknown>>)[first];
  return { ...(data as object), [first]: without(held, rest) };
}

const readers = operations().filter(({ kind }) => kind === 'query' || kind === 'mutation');

/** The arguments that reach what an example's do not: with its picture of one face, no face is left unsearched. */
const further: Readonly<Record<string, Record<string, unknown>>> = {
  searchRekognitionUsers: { by: { image: { bytes: picture(160, 80).toString('base64') } } },
};

function documentOf(
  { name }: (typeof readers)[number],
  select: string,
  changed: Record<string, unknown> = {},
): string {
  const example = { ...examples[name], args: { ...examples[name]?.args, ...changed }, select };
  return exampleDocument(schema, name, example);
}

const cases = readers.flatMap(operation => {
  const root = operation.kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  const type = root?.getFields()[operation.name]?.type;
  const named = type && getNamedType(type);
  const shown = isUnionType(named) ? named.getTypes()[0] : named;
  const select = shown && enumsOf(shown);
  if (!select) return [];
  const { name } = operation;
  const also = further[name];
  return [
    { name, document: documentOf(operation, select) },
    ...(also ? [{ name: `${name}, otherwise called,`, document: documentOf(operation, select, also) }] : []),
  ];
});

const told = new Set<string>();

describe.each(cases)('What AWS answers to $name with values that nobody knows', ({ document }) => {
  test('lacks those alone, and each is told in its place', async () => {
    const usual = await run(document);
    expect(usual.errors).toBeUndefined();
    const { status, data, errors = [] } = await run(document, STRANGER);
    expect(status).toBe(200);
    let expected = usual.data;
    for (const { message, path = [], extensions } of errors) {
      const coordinate = String(path.findLast(part => typeof part === 'string'));
      const [type = '', name = ''] = coordinate.split('__');
      const field = (schema.getType(type) as GraphQLObjectType).getFields()[name];
      expect(message).toBe(
        `AWS gave "${STRANGER}", which is no ${String(getNamedType(field?.type))} that this version of the gateway knows.`,
      );
      expect(extensions).toEqual({
        code: 'PROVIDER_FAILURE',
        outcomeUnknown: false,
        providerCode: null,
        requestId: null,
        retryable: false,
      });
      expected = without(expected, path);
      told.add(coordinate);
    }
    expect(data).toEqual(expected);
    expect(log.map(line => (JSON.parse(line) as { level: number }).level)).toEqual([30, 30]);
    expect(log.join('')).not.toContain(STRANGER);
  });

  test('is not repeated when it looks like no value of an enum', async () => {
    const { errors = [] } = await run(document, 'Margaret <margaret@example.com>');
    for (const { message } of errors) {
      expect(message).toMatch(
        /^AWS gave something, which is no \w+ that this version of the gateway knows\.$/,
      );
    }
    expect(log.join('')).not.toContain('margaret');
  });
});

test('Every field that is an enum of AWS was among them', () => {
  const all = Object.values(schema.getTypeMap()).flatMap(type =>
    isOfAws(type)
      ? Object.values(type.getFields())
          .filter(field => isEnumType(getNamedType(field.type)))
          .map(field => `${type.name}__${field.name}`)
      : [],
  );
  expect(all.length).toBeGreaterThan(0);
  expect([...told].toSorted()).toEqual(all.toSorted());
});
