/** What answers tell browsers and caches to do with them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, type Sent, send } from '../support/http.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const query = '{"query":"{ providers { id } }"}';

it.each<[string, Sent]>([
  ['a new document', json(query)],
  ['a known document', json(query)],
  ['a refused document', json('{"query":"{ nothing }"}')],
  ['a refused request', json(query, { 'content-type': 'text/plain' })],
  ['health', { method: 'GET', path: '/health' }],
  ['nothing', { method: 'GET', path: '/nowhere' }],
])('keeps caches from storing and browsers from guessing the answer to %s', async (_what, sent) => {
  const { headers } = await send(gateway.url, sent);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

it('lets browsers keep the page, which nobody may frame and which tells no other site where it is', async () => {
  const { headers } = await send(gateway.url, { method: 'GET', headers: { accept: 'text/html' } });
  expect(headers).toMatchObject({
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  });
});
