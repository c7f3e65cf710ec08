import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { operations } from '../../src/schema/operation.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutations } from '../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

test.each(mutations)('$field calls the operations of AWS that it declares', async mutation => {
  await gateway.query(documentOf(mutation), { input: mutation.input });
  const called = gateway.localAws.requests.list().map(({ operation }) => operation);
  const declared = operations.get(`Mutation.${mutation.field}`)?.aws.map(({ name }) => name);
  expect([...new Set(called)].toSorted()).toEqual(declared?.toSorted());
});
