/** What operations declare of AWS is what they do, as their examples show. */

import { type GraphQLInputField, getNamedType, isInputObjectType, isLeafType } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Example } from '../../src/schema/examples.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutations } from '../support/mutations.ts';
import { exampleOf, foundBy, isList, nodeTypes, queries, runQuery, schema } from '../support/queries.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

/** The operations of AWS that were called, as "service:operation". */
const called = () =>
  new Set(gateway.localAws.requests.list().map(({ service, operation }) => `${service}:${operation}`));

const namesOf = (aws: (typeof mutations)[0]['aws']) =>
  new Set(aws.map(({ name, service }) => `${service.model.service}:${name}`));

test.each(mutations)(
  'The example of $field succeeds and calls the operations that it declares, some only when an answer was lost',
  async mutation => {
    const document = documentOf(mutation, mutation.select);
    const run = async () => {
      const { data, errors } = await gateway.query(document, { input: mutation.input });
      expect(errors).toBeUndefined();
      expect(data.result.__typename).toBe(`${mutation.typeName}Success`);
      return called();
    };
    const usual = await run();
    const changing = mutation.aws.filter(({ effect }) => effect !== 'read');
    expect([...usual]).toEqual(expect.arrayContaining([...namesOf(changing)]));

    if (changing.length === mutation.aws.length) return;
    gateway.localAws.reset();
    for (const { name, service } of changing) {
      const effect = { type: 'drop', when: 'after' } as const;
      gateway.localAws.faults.add({ service: service.model.service, operation: name, times: 1, effect });
    }
    expect(new Set([...usual, ...(await run())])).toEqual(namesOf(mutation.aws));
  },
);

const declared = operations().filter(({ kind }) => kind !== 'mutation');

/** Arguments that take another way each, beside the example's; what they name need not exist. */
function otherWays(name: string): Example['args'][] {
  const { args } = exampleOf(name);
  return (schema.getQueryType()?.getFields()[name]?.args ?? []).flatMap(arg => {
    const type = getNamedType(arg.type);
    if (!isInputObjectType(type) || !type.isOneOf) return [];
    return Object.values(type.getFields()).map(field => ({
      ...args,
      [arg.name]: { [field.name]: someValue(field) },
    }));
  });
}

function someValue({ name, type }: GraphQLInputField): unknown {
  const of = getNamedType(type);
  if (isInputObjectType(of)) {
    return Object.fromEntries(Object.values(of.getFields()).map(field => [field.name, someValue(field)]));
  }
  return name === 'email' ? 'nobody@example.com' : '0a1b2c3d-4e5f-4a6b-8c7d-000000000000';
}

test.each(queries)('$name calls the operations that it declares, and no others', async ({ name, aws }) => {
  expect(await runQuery(gateway, name, '__typename')).not.toBeNull();
  for (const args of otherWays(name)) await runQuery(gateway, name, '__typename', args);
  expect(called()).toEqual(namesOf(aws));
});

const fields = declared.filter(({ kind }) => kind === 'field');

test.each(fields)('$coordinate calls the operations that it declares, and no others', async operation => {
  const [parent = ''] = operation.coordinate.split('.');
  const finder = queries.find(({ name }) => foundBy(name).name === parent && !isList(name));
  await runQuery(gateway, finder?.name ?? '', '__typename');
  gateway.localAws.requests.clear();
  await runQuery(gateway, finder?.name ?? '', `${operation.name} { __typename }`);
  const own = called().difference(namesOf(finder?.aws ?? []));
  expect(own.size === 0 ? called() : own).toEqual(namesOf(operation.aws));
});

test.each(nodeTypes)(
  '$name is found by the operations that it declares, and no others',
  async ({ name, aws }) => {
    const finder = queries.find(query => foundBy(query.name).name === name && !isList(query.name));
    const { id } = await runQuery(gateway, finder?.name ?? '', 'id');
    gateway.localAws.requests.clear();
    const { data, errors } = await gateway.query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect({ data, errors }).toEqual({ data: { node: { id } } });
    expect(called()).toEqual(namesOf(aws));
  },
);

test.each(queries)(
  'All that $name finds comes by its own operations and those of its type',
  async ({ name, aws }) => {
    const type = foundBy(name);
    const leaves = Object.values(type.getFields())
      .filter(field => isLeafType(getNamedType(field.type)))
      .map(field => field.name)
      .join(' ');
    await runQuery(gateway, name, isList(name) ? `edges { node { ${leaves} } }` : leaves);
    const ofType = nodeTypes.filter(node => node.name === type.name).flatMap(node => node.aws);
    expect(called().difference(namesOf([...aws, ...ofType]))).toEqual(new Set());
  },
);

test('What reads declares no operation that changes anything', () => {
  expect(declared.filter(({ effect }) => effect !== 'read')).toEqual([]);
});
