/** What `extensions.quota` tells, to those who ask for it, whichever way their request takes. */
import { expect, it, onTestFinished } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway(env);
  onTestFinished(() => gateway.stop());
  return gateway;
}

const query = '{ identityStoreUser(by: {userName: "ada"}) { userName } }';
const document = JSON.stringify({ query });

async function ask(gateway: TestGateway, extensions = 'quota', body = document) {
  const { body: answer } = await send(gateway.url, json(body, { 'vestibule-extensions': extensions }));
  return answer as { data?: unknown; extensions?: { quota?: Record<string, number>[] } };
}

const quota = (used: number) => ({
  data: { identityStoreUser: { userName: 'ada' } },
  extensions: {
    quota: [{ budget: 'identitystore', limit: 20, atPresent: 20, used, queued: 0, waitedMs: 0 }],
  },
});

it('tells of each budget that is drawn from, on the first and the second sight of a document', async () => {
  const gateway = await start({ AWS_BUDGETS: 'aws' });
  // Each look-up is two calls; no second has passed, or one has.
  expect([quota(2), quota(1)]).toContainEqual(await ask(gateway));
  expect([quota(2), quota(4), quota(3)]).toContainEqual(await ask(gateway, 'others, quota'));
});

it('tells of a request by GET, too', async () => {
  const gateway = await start({ AWS_BUDGETS: 'aws' });
  const { body } = await send(gateway.url, {
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent(query)}`,
    headers: { 'vestibule-extensions': 'quota' },
  });
  expect(body).toMatchObject({ extensions: { quota: [{ budget: 'identitystore' }] } });
});

it('tells nothing to those who do not ask, and of no budget where there is none', async () => {
  const gateway = await start({});
  const data = { identityStoreUser: { userName: 'ada' } };
  expect(await gateway.query(query)).toEqual({ data });
  expect(await ask(gateway, 'quotas')).toEqual({ data });
  expect(await ask(gateway)).toEqual({ data, extensions: { quota: [] } });
});

const create = (userId: string) =>
  `${userId}: createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename }`;

it('tells how long the request waited', async () => {
  const gateway = await start({ AWS_BUDGETS: 'rekognition:CreateUser=0.5' });
  const body = JSON.stringify({ query: `mutation { ${create('a')} ${create('b')} }` });
  const [waited] = (await ask(gateway, 'quota', body)).extensions?.quota ?? [];
  expect(waited).toMatchObject({ budget: 'rekognition:CreateUser', limit: 0.5, queued: 0 });
  expect(waited?.['waitedMs']).toBeGreaterThan(0);
  expect(waited?.['waitedMs']).toBeLessThan(2_500);
});

it('tells what AWS’s throttles made of the limit', async () => {
  const gateway = await start({ AWS_BUDGETS: 'rekognition:CreateUser=20' });
  gateway.localAws.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'throttle' } });
  const body = JSON.stringify({ query: `mutation { ${create('a')} }` });
  const { data, extensions } = await ask(gateway, 'quota', body);
  expect(data).toEqual({ a: { __typename: 'CreateRekognitionUserSuccess' } });
  const [throttled] = extensions?.quota ?? [];
  expect(throttled?.['atPresent']).toBeGreaterThanOrEqual(10);
  expect(throttled?.['atPresent']).toBeLessThan(20);
});

it('tells of a replica’s part of the quota', async () => {
  const gateway = await start({ AWS_BUDGETS: 'identitystore=20', REPLICAS: '4' });
  expect(await ask(gateway)).toMatchObject({
    extensions: { quota: [{ budget: 'identitystore', limit: 5 }] },
  });
});
