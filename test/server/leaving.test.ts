/** Clients that leave before their answer. */
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.localAws.reset());

const creates = ['one', 'two', 'three'].map(
  userId =>
    `${userId}: createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename }`,
);
const body = JSON.stringify({ query: `mutation { ${creates.join(' ')} }` });

const created = () => gateway.localAws.requests.list().length;

/** Sends three creates, and leaves, or not, when the first has reached AWS. Returns when the gateway has done. */
async function sendCreates({ leave }: { readonly leave: boolean }) {
  const logged = gateway.log.length;
  const client = request(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  // Who leaves hears that the connection has ended.
  client.on('error', () => {});
  client.end(body);
  await expect.poll(created, { timeout: 10_000 }).toBe(1);
  if (leave) client.destroy();
  // Each call that failed has a line of its own before.
  const line = () => gateway.log.slice(logged).find(({ type }) => type === 'mutation');
  await expect.poll(line, { timeout: 10_000 }).toBeDefined();
  return line();
}

const slow = { operation: 'CreateUser', times: 1, effect: { type: 'latency', milliseconds: 2_500 } } as const;

it('what was not sent yet when the client left is not sent', async () => {
  gateway.localAws.faults.add(slow);
  const failure = { code: 'PROVIDER_FAILURE' };
  expect(await sendCreates({ leave: true })).toMatchObject({ refusals: [failure, failure] });
  expect(created()).toBe(1);
});

it('what AWS certainly refused is not sent again when the client has left', async () => {
  gateway.localAws.faults.add(slow);
  const effect = { type: 'exception', name: 'ThrottlingException' } as const;
  gateway.localAws.faults.add({ operation: 'CreateUser', times: 1, effect });
  const failure = { code: 'PROVIDER_FAILURE' };
  expect(await sendCreates({ leave: true })).toMatchObject({ refusals: [failure, failure, failure] });
  expect(created()).toBe(1);
});

it('what a client waits for is sent', async () => {
  gateway.localAws.faults.add(slow);
  expect(await sendCreates({ leave: false })).not.toHaveProperty('refusals');
  expect(created()).toBe(3);
});
