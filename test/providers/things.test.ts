/** What holds for the things of every entity and for all operations on them, as their examples show. */
import { type GraphQLObjectType, getNamedType, isUnionType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { apiNameOf } from '../../src/adapter/members.ts';
import type { ApiOperation } from '../../src/schema/operation/registry.ts';
import { useGateway } from '../support/gateway.ts';
import {
  errorOfMissing,
  type Mutation,
  mutations,
  outcomeOfRepeat,
  runMutation,
} from '../support/mutations.ts';
import { nowhere } from '../support/nowhere.ts';
import {
  askForNode,
  documentOfQuery,
  exampleOf,
  findNode,
  foundBy,
  isList,
  lists,
  nodeTypes,
  nothingAt,
  queries,
  runQuery,
  schema,
} from '../support/queries.ts';

const gateway = useGateway({ SETTLE_TIMEOUT_MS: '0' });

const typeNames = new Set(nodeTypes.map(({ name }) => name));

/** The fields of a mutation's success, with the names of their types. */
function successFields({ field }: Mutation): (readonly [name: string, type: string])[] {
  const result = getNamedType(schema.getMutationType()?.getFields()[field]?.type);
  const [success] = isUnionType(result) ? result.getTypes() : [];
  return Object.values(success?.getFields() ?? {}).map(({ name, type }) => [
    name,
    getNamedType(type)?.name ?? '',
  ]);
}

/** The mutations whose success has a field of such a type. */
function mutationsWith(fits: (name: string, type: string) => boolean) {
  return mutations.flatMap(mutation =>
    successFields(mutation)
      .filter(([name, type]) => fits(name, type))
      .map(([member]) => ({ ...mutation, member })),
  );
}

describe.each(nodeTypes)('$name', ({ name }) => {
  test('has a query that finds one of it, with a global id that leads to it again', async () => {
    const finder = queries.find(query => foundBy(query.name).name === name && !isList(query.name));
    const found = await runQuery(gateway, String(finder?.name), '__typename id');
    expect(await findNode(gateway, found.id)).toEqual(found);
  });

  test('is in nothing, or in something that these tests know how to miss', () => {
    const fields = Object.keys((schema.getType(name) as GraphQLObjectType).getFields());
    expect(fields.some(field => Object.hasOwn(nowhere, field))).toBe(true);
  });
});

const makers = mutationsWith((_, type) => typeNames.has(type));

test.each(makers)('What $field gives back is found by its global id', async ({ field, input, member }) => {
  const { [member]: made } = await runMutation(gateway, field, input, `${member} { __typename id }`);
  expect(await findNode(gateway, made.id)).toEqual(made);
});

const deletes = mutationsWith((name, type) => /^deleted\w+Id$/.test(name) && type === 'ID');

test.each(deletes)(
  'What $field has deleted was there, is gone, and cannot be deleted again, or to no effect',
  async mutation => {
    const { field, input, member, aws } = mutation;
    const { [member]: id } = await runMutation(gateway, field, input, member);
    expect(await askForNode(gateway, id)).toEqual(nothingAt('node', aws));
    expect(await runMutation(gateway, field, input)).toMatchObject({ __typename: outcomeOfRepeat(mutation) });
    expect(await askForNode(gateway, id)).toEqual(nothingAt('node', aws));
    gateway.localAws.reset();
    expect(await findNode(gateway, id)).toMatchObject({ id });
  },
);

/** Arguments or an input, with something that does not exist in place of what the things are in. */
const inNothing = (given: object, members: readonly string[]) => ({
  ...given,
  ...Object.fromEntries(Object.entries(nowhere).filter(([name]) => members.includes(name))),
});

function membersOf({ field }: Mutation): string[] {
  const input = schema.getType(`${field.charAt(0).toUpperCase()}${field.slice(1)}Input`);
  return Object.keys((input as GraphQLObjectType).getFields());
}

const inSomewhere = mutations.filter(
  mutation => membersOf(mutation).some(name => Object.hasOwn(nowhere, name)) && canBeMissing(mutation.aws),
);

/** Whether AWS can say that something is missing: what is made may be in nothing. */
function canBeMissing(aws: Mutation['aws']): boolean {
  return aws.some(
    ({ effect, meanings }) =>
      effect !== 'read' && (meanings.includes('notFound') || meanings.includes('missingOrDenied')),
  );
}

test.each(inSomewhere)('$field refuses what is in nothing, as AWS does', async mutation => {
  const { field, input, aws } = mutation;
  expect(await runMutation(gateway, field, inNothing(input, membersOf(mutation)))).toMatchObject({
    __typename: errorOfMissing(aws),
    providerCode: expect.any(String),
  });
});

function argumentsOf({ name }: ApiOperation): string[] {
  const fields = schema.getQueryType()?.getFields() ?? {};
  return fields[name]?.args.map(arg => arg.name) ?? [];
}

const inSomething = queries.filter(query => argumentsOf(query).some(name => Object.hasOwn(nowhere, name)));

test.each(inSomething)('$name is null where there is nothing to look in', async query => {
  const args = inNothing(exampleOf(query.name).args, argumentsOf(query));
  const document = documentOfQuery(query.name, '__typename', args);
  expect(await gateway.query(document)).toEqual(nothingAt(query.name, query.aws));
});

test.each(queries)('$name is null, beside the error, when AWS refuses', async ({ name, aws }) => {
  for (const { name: operation, service } of aws) {
    const [exception] = Object.entries(service.exceptions).find(([, is]) => is === 'accessDenied') ?? [];
    const effect = { type: 'exception', name: String(exception) } as const;
    gateway.localAws.faults.add({ service: service.model.service, operation, effect });
  }
  expect(await gateway.query(documentOfQuery(name, '__typename'))).toMatchObject({
    data: { [name]: null },
    errors: [{ path: [name], extensions: { code: 'ACCESS_DENIED' } }],
  });
});

test.each(lists)(
  '$name has the same page by page as at once, a call for each page',
  async ({ name, aws }) => {
    const select = 'edges { node { id } } pageInfo { hasNextPage endCursor }';
    const { args } = exampleOf(name);
    const whole = await runQuery(gateway, name, select, { ...args, first: 100 });
    gateway.localAws.requests.clear();
    const edges: object[] = [];
    let page = { hasNextPage: true, endCursor: undefined };
    while (page.hasNextPage) {
      const part = await runQuery(gateway, name, select, { ...args, first: 1, after: page.endCursor });
      edges.push(...part.edges);
      page = part.pageInfo;
    }
    expect(edges).toEqual(whole.edges);
    expect(gateway.calls()).toEqual(edges.map(() => aws[0]?.name));
  },
);

/**
 * Whether its input says all of what its changes reach. What a mutation has to read before it changes anything, as an ARN,
 * cannot be refused afterwards alone.
 */
function namesWhatItReaches(mutation: Mutation): boolean {
  const given = membersOf(mutation);
  const changing = mutation.aws.filter(({ effect }) => effect !== 'read');
  return changing.every(({ resourceMembers }) =>
    resourceMembers.every(member => given.includes(apiNameOf(member))),
  );
}

/** Updates whose answers do not have the whole thing. */
const updates = makers.filter(
  mutation =>
    namesWhatItReaches(mutation) &&
    mutation.aws.some(({ effect }) => effect === 'idempotentChange') &&
    mutation.aws.some(({ effect }) => effect === 'read'),
);

test.each(updates)(
  '$field stays a success when the thing cannot be read back',
  async ({ field, typeName, input, member, aws }) => {
    for (const { name: operation } of aws.filter(({ effect }) => effect === 'read')) {
      gateway.localAws.faults.add({
        operation,
        effect: { type: 'exception', name: 'AccessDeniedException' },
      });
    }
    const document = `mutation ($input: ${typeName}Input!) { result: ${field}(input: $input) {
      ... on ${typeName}Success { ${member} { id } } } }`;
    expect(await gateway.query(document, { input })).toMatchObject({
      data: { result: { [member]: null } },
      errors: [{ path: ['result', member], extensions: { code: 'ACCESS_DENIED' } }],
    });
  },
);
