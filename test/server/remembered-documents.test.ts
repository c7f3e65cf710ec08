import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { KnownDocuments } from '../../src/server/request/known-documents.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

it('a document is known from its second request on, if it was valid', async () => {
  const lookUps = vi.spyOn(KnownDocuments.prototype, 'getValid');
  for (const document of ['{ __typename }', '{ nothing }']) {
    for (let request = 0; request < 3; request += 1) await gateway.query(document);
  }
  const known = lookUps.mock.results.map(({ value }) => value !== undefined);
  expect(known).toEqual([false, true, true, false, false, false]);
});
