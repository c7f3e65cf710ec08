/** That lists within lists may be asked for without a thought for what they cost. */
import { readFileSync } from 'node:fs';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finderOf, schema } from '../support/everything.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { examples } from '../support/mutations.ts';

type Field = GraphQLField<unknown, unknown>;

function fieldsOf(type: unknown): Field[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

const isPage = ({ args }: Field) => args.some(({ name }) => name === 'first');
const isNeeded = ({ args }: Field) =>
  args.some(arg => isNonNullType(arg.type) && arg.defaultValue === undefined);
const pagesOf = (type: unknown) => fieldsOf(type).filter(isPage);

/** The type of the nodes of a list. */
function nodeOf(list: Field): GraphQLObjectType {
  return typeIn(typeIn(getNamedType(list.type) as GraphQLObjectType, 'edges'), 'node');
}

/** What a thing tells of itself: what stands in other things, and what is in its lists, is left out. */
function ownOf(type: GraphQLObjectType): string {
  const fields = fieldsOf(type).filter(field => !isNeeded(field) && isLeafType(getNamedType(field.type)));
  return fields.map(({ name }) => name).join(' ');
}

function typeIn(type: GraphQLObjectType, field: string): GraphQLObjectType {
  const of = type.getFields()[field]?.type;
  return (of && getNamedType(of)) as GraphQLObjectType;
}

/** A list with its default `first`, what its nodes tell of themselves, and one of the lists in each. */
function listed(field: Field, inner?: Field): string {
  const node = nodeOf(field);
  const args = field.args.flatMap(({ name, type }) =>
    isNonNullType(type) ? [`${name}: ${JSON.stringify(examples[field.name]?.args[name])}`] : [],
  );
  const given = args.length > 0 ? `(${args.join(', ')})` : '';
  return `${field.name}${given} { edges { cursor node { ${ownOf(node)} ${inner ? listed(inner) : ''} } } }`;
}

/** Every list in a list: in one of Query, and in one of a thing that a query finds. */
const pairs = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap(type => pagesOf(type).map(outer => ({ type, outer })))
  .flatMap(({ type, outer }) => {
    const node = nodeOf(outer);
    return pagesOf(node).map(inner => {
      const list = listed(outer, inner);
      const document =
        type === schema.getQueryType() ? `{ ${list} }` : finderOf(type.name).call(`{ ${list} }`);
      return [`${type.name}.${outer.name}`, `${node.name}.${inner.name}`, document] as const;
    });
  });

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Asks for it: with which errors, how many calls to AWS it was counted for, and how many it took. */
async function ask(query: string) {
  gateway.localAws.requests.clear();
  const { body } = await send(
    gateway.url,
    json(JSON.stringify({ query }), { 'vestibule-extensions': 'cost' }),
  );
  const { errors, extensions } = body as {
    errors?: unknown;
    extensions?: { cost: { upstreamCalls: number } };
  };
  return { errors, counted: extensions?.cost.upstreamCalls ?? 0, taken: gateway.calls().length };
}

describe('A list in a list, with `first` left out in both, is not too expensive', () => {
  const costs: number[] = [];

  it.each(pairs)('%s and %s', async (_outer, _inner, document) => {
    const { errors, counted, taken } = await ask(document);
    expect(errors).toBeUndefined();
    expect(taken).toBeLessThanOrEqual(counted);
    costs.push(counted);
  });

  it('as the documentation says of the costliest one', () => {
    const told = /the costliest of them counts ([\d,]+)/.exec(readFileSync('docs/upstream-calls.md', 'utf8'));
    expect(told?.[1]).toBe(Math.max(...costs).toLocaleString('en'));
  });
});

it('What stands in the entries of a list in a list may be asked for as well', async () => {
  const members = 'members { edges { membership { user { displayName } } } }';
  const { errors } = await ask(`{ identityStoreGroups { edges { node { displayName ${members} } } } }`);
  expect(errors).toBeUndefined();
});

it('There are lists in lists', () => {
  expect(pairs.map(([outer]) => outer)).toContain('Query.identityStoreGroups');
});
