/** Clients that leave before their answer. */
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ METRICS_PORT: '0' });
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
  const logged = gateway.log.length;
  expect(await sendCreates({ leave: true })).toMatchObject({
    outcome: 'abandoned',
    refusals: [failure, failure],
    aws: { attempts: 1 },
  });
  expect(created()).toBe(1);
  // Nothing failed at AWS, and nobody needs to be woken up.
  const notMade = {
    level: 30,
    operation: 'CreateUser',
    failure: 'dropped',
    msg: 'A call to AWS was not made, because the client had left or this gateway stopped.',
  };
  expect(gateway.log.slice(logged)).toMatchObject([notMade, notMade, { level: 30, type: 'mutation' }]);
  const samples = await scrape(gateway.metricsUrl);
  const operation = 'Mutation.createRekognitionUser';
  const errors = (code: string) => valueOf(samples, 'vestibule_operation_errors_total', { operation, code });
  expect([errors('GIVEN_UP'), errors('PROVIDER_FAILURE')]).toEqual([2, 0]);
  expect([...samples].filter(({ name }) => name === 'vestibule_aws_attempt_failures_total')).toEqual([]);
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
