/** Worlds of local AWS through the gateway, by the example that tests of frontends copy. */

import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Seed, World } from '../../examples/testing/world.ts';
import { readConfig } from '../../src/config/index.ts';
import { startGateway } from '../../src/gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, startRecordingServer } from '../support/recording-server.ts';

let gateway: TestGateway;
beforeAll(async () => {
  // A breaker that opens at the first failures.
  gateway = await startTestGateway({ AWS_BREAKER_FAILURES: '2', AWS_BUDGETS: 'aws' });
});
afterAll(() => gateway.stop());

function newWorld(seed?: Seed): Promise<World> {
  return World.create({ gateway: gateway.url, localAws: gateway.localAws.url }, seed);
}

const create = `mutation ($input: CreateRekognitionUserInput!) {
  createRekognitionUser(input: $input) { __typename ... on Error { message providerCode } }
}`;
const input = { collectionId: 'employees', userId: 'katherine' };
const count =
  '{ rekognitionCollection(collectionId: "employees") { users(first: 10) { edges { node { userId } } } } }';

interface Counted {
  readonly rekognitionCollection: { readonly users: { readonly edges: readonly unknown[] } } | null;
}

async function usersIn(world: World): Promise<number | undefined> {
  const { data } = await world.query<Counted>(count);
  return data?.rekognitionCollection?.users.edges.length;
}

test('Each test has its own users, and no other sees them', async () => {
  const [one, other] = await Promise.all([newWorld(), newWorld()]);
  const success = { data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } } };
  expect(await one.query(create, { input })).toEqual(success);
  expect(await other.query(create, { input })).toEqual(success);
  expect([await usersIn(one), await usersIn(other)]).toEqual([4, 4]);
  expect(await one.calls()).toEqual(['CreateUser', 'DescribeCollection', 'ListUsers']);
  expect(await gateway.query(count)).toMatchObject({
    data: { rekognitionCollection: { users: { edges: [{}, {}, {}] } } },
  });
});

test('What fails in one world holds up no other: neither its breaker nor its budgets are theirs', async () => {
  const [failing, sound] = await Promise.all([newWorld(), newWorld()]);
  await failing.fault({ service: 'rekognition', effect: { type: 'exception', name: 'InternalServerError' } });
  for (let failed = 0; failed < 5; failed += 1) expect(await usersIn(failing)).toBeUndefined();
  const counts = await Promise.all(Array.from({ length: 30 }, () => usersIn(sound)));
  expect(new Set(counts)).toEqual(new Set([3]));
  expect(gateway.log.flatMap(({ aws }) => (aws as { waits?: number } | undefined)?.waits ?? [])).toEqual([]);
});

test('A world begins as it was asked, and its clock is the test’s', async () => {
  const empty = await newWorld('empty');
  expect(await usersIn(empty)).toBeUndefined();
  const world = await newWorld();
  await world.setClock(new Date('2030-01-01T00:00:00Z'));
  await world.advanceClock(1_500);
  const { data } = await world.query<{ readonly result: { readonly group: unknown } }>(
    `mutation { result: createIdentityStoreGroup(input: { displayName: "Poets" }) {
      ... on CreateIdentityStoreGroupSuccess { group { createdAt } }
    } }`,
  );
  expect(data?.result.group).toEqual({ createdAt: '2030-01-01T00:00:01.500Z' });
});

test('A world that is gone is told, not taken for another', async () => {
  const world = await newWorld();
  await world.delete();
  expect(await world.query(create, { input })).toEqual({
    data: {
      createRekognitionUser: {
        __typename: 'ProviderFailureError',
        message: 'Amazon Rekognition failed to perform the operation. Nothing was changed.',
        providerCode: 'UnknownWorldException',
      },
    },
  });
});

test('AWS itself is never told of worlds', async () => {
  const aws = await startRecordingServer(json({ UserId: 'katherine' }));
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const config = readConfig({
    PORT: '0',
    AWS_BACKEND: 'aws',
    AUTH: 'none',
    AUDIT: 'off',
    PROVIDERS: 'rekognition',
  });
  const real = await startGateway(config, { logger: pino({ level: 'silent' }) });
  try {
    await fetch(`${real.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-local-aws-world': 'mine' },
      body: JSON.stringify({ query: create, variables: { input } }),
    });
    expect(aws.requests.map(({ headers }) => headers['x-local-aws-world'])).toEqual([undefined]);
  } finally {
    await real.stop();
    await aws.stop();
    vi.unstubAllEnvs();
  }
});
