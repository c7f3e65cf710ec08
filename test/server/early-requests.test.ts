/** Requests that come while the gateway still starts: it listens before it can serve. */
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { takeAddress } from '../../src/server/server.ts';
import { openAccess } from '../support/access.ts';
import { json, send } from '../support/http.ts';
import { usualLimits } from '../support/limits.ts';

const schema = createSchema({
  typeDefs: 'type Query { name: String }',
  resolvers: { Query: { name: () => 'Ada' } },
});

const options = {
  schema,
  gateway: { statuses: [], connected: new Map(), upstream: () => [], settleTimeoutMs: 0 },
  access: openAccess,
  limits: usualLimits,
  maxAnswerBytes: 1_000_000,
  logger: pino({ level: 'silent' }),
};

it('answers the requests that came before it could serve, as those after', async () => {
  const address = await takeAddress('127.0.0.1', 0);
  const early = [send(address.url, json('{"query":"{ name }"}')), fetch(`${address.url}/health`)] as const;
  await expect(Promise.race([...early, afterAWhile()])).resolves.toBe('nothing yet');
  const server = address.serve(options);
  onTestFinished(() => server.stop());
  const [answer, health] = await Promise.all(early);
  expect(answer).toMatchObject({ status: 200, body: { data: { name: 'Ada' } } });
  expect(health.status).toBe(200);
  expect(await send(address.url, json('{"query":"{ name }"}'))).toMatchObject({
    status: 200,
    body: { data: { name: 'Ada' } },
  });
});

it('cuts off those who wait when it cannot start, and leaves the address to others', async () => {
  const address = await takeAddress('127.0.0.1', 0);
  const port = Number(new URL(address.url).port);
  const early = fetch(`${address.url}/health`);
  await afterAWhile();
  address.giveBack();
  await expect(early).rejects.toThrow('fetch failed');
  const next = await takeAddress('127.0.0.1', port);
  expect(next.url).toBe(address.url);
  next.giveBack();
});

function afterAWhile(): Promise<string> {
  return new Promise(resolve => setTimeout(() => resolve('nothing yet'), 100));
}
