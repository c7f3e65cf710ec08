/** What operations declare of AWS is what they do, as their examples show. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { queryDocument } from '../../src/schema/example-documents.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, examples, mutations } from '../support/mutations.ts';

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
  'The example of $field succeeds and calls the operations that it declares',
  async mutation => {
    const document = documentOf(mutation, mutation.select);
    const { data, errors } = await gateway.query(document, { input: mutation.input });
    expect(errors).toBeUndefined();
    expect(data.result.__typename).toBe(`${mutation.typeName}Success`);
    expect(called()).toEqual(namesOf(mutation.aws));
  },
);

const queries = operations().filter(({ kind }) => kind === 'query');

test.each(queries)(
  'The example of $name finds something and calls nothing that is not declared',
  async ({ name, provider }) => {
    const example = examples[name];
    if (!example) throw new Error(`${name} has no example.`);
    const { data, errors } = await gateway.query(
      queryDocument(assembleSchema(), 'Example', { [name]: example }),
    );
    expect(errors).toBeUndefined();
    expect(data[name]).not.toBeNull();
    const declared = namesOf(
      operations()
        .filter(each => each.provider === provider && each.kind !== 'mutation')
        .flatMap(({ aws }) => aws),
    );
    expect(called().difference(declared)).toEqual(new Set());
  },
);

const reads = [...queries, ...operations().filter(({ kind }) => kind === 'field')];

test('What reads declares no operation that changes anything', () => {
  expect(reads.filter(({ effect }) => effect !== 'read')).toEqual([]);
});
