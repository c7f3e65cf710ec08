/** What operations declare of AWS is what they do, as their examples show. */

import { getNamedType, isLeafType } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutations } from '../support/mutations.ts';
import { foundBy, isList, nodeTypes, otherWays, queries, runQuery, selectionOf } from '../support/queries.ts';

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

const declared = operations().filter(
  ({ kind }) => kind !== 'mutation' && kind !== 'job' && kind !== 'jobChange',
);

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
  await runQuery(gateway, finder?.name ?? '', selectionOf(operation));
  const expected = namesOf(operation.aws);
  const alreadyFound = namesOf(finder?.aws ?? []).difference(expected);
  expect(called().difference(alreadyFound)).toEqual(expected);
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

const isDeclared = (type: string, field: string) =>
  fields.some(({ coordinate }) => coordinate === `${type}.${field}`);

test.each(queries)(
  'All that $name finds comes by its own operations and those of its type',
  async ({ name, aws }) => {
    const type = foundBy(name);
    const leaves = Object.values(type.getFields())
      .filter(field => isLeafType(getNamedType(field.type)) && !isDeclared(type.name, field.name))
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
