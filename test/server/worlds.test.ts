/** Worlds of local AWS through the gateway, by the example that tests of frontends copy. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  type Effect,
  type Fault,
  type Seed,
  World,
  type WorldOptions,
} from '../../examples/testing/world.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, startRecordingServer } from '../support/recording-server.ts';

let gateway: TestGateway;
beforeAll(async () => {
  // A breaker that opens at the first failures.
  gateway = await startTestGateway({
    AWS_BREAKER_FAILURES: '2',
    AWS_BUDGETS: 'aws',
    SETTLE_TIMEOUT_MS: '0',
  });
});
afterAll(() => gateway.stop());

function newWorld(seed?: Seed, options?: WorldOptions): Promise<World> {
  return World.create({ gateway: gateway.url, localAws: gateway.localAws.url }, seed, options);
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

const EMPTY = 'd-abcdef0123';

test('A world has the name and the identity stores that it was asked to have', async () => {
  const world = await newWorld('demo', { name: 'mine', identityStores: [EMPTY] });
  expect(world.headers).toEqual({ 'x-local-aws-world': 'mine' });
  const list = `{ identityStoreUsers(identityStoreId: "${EMPTY}", first: 1) { edges { cursor } } }`;
  expect(await world.query(list)).toEqual({ data: { identityStoreUsers: { edges: [] } } });
  await world.delete();
});

const providerError = (message: string, providerCode: string | null) => ({
  __typename: 'ProviderFailureError',
  message: `Amazon Rekognition ${message}`,
  providerCode,
});
const failed = 'failed to perform the operation. Nothing was changed.';
const created = { __typename: 'CreateRekognitionUserSuccess' };
const page = '<html>Bad Gateway</html>';
const unknown =
  'The outcome is unknown: the change may or may not have been made. Look before you repeat it.';

/** What comes of a create while a fault of each kind strikes; one that is missing does not compile. */
const struck: { readonly [Type in Effect['type']]: readonly [Extract<Effect, { type: Type }>, object] } = {
  exception: [
    { type: 'exception', name: 'Odd', message: 'No.', members: { Code: 'x' }, status: 400, when: 'after' },
    providerError(failed, 'Odd'),
  ],
  throttle: [
    { type: 'throttle', retryAfterSeconds: 0 },
    providerError(
      `gave no certain answer to a first attempt, and refused to repeat it. ${unknown}`,
      'ThrottlingException',
    ),
  ],
  latency: [{ type: 'latency', milliseconds: 1 }, created],
  drop: [
    { type: 'drop', when: 'before' },
    providerError(`broke the connection before its answer was complete. ${unknown}`, null),
  ],
  late: [
    { type: 'late', milliseconds: 1 },
    providerError(`broke the connection before its answer was complete. ${unknown}`, null),
  ],
  response: [
    { type: 'response', status: 400, body: page, contentType: 'text/html', requestId: false, when: 'before' },
    providerError(`gave an answer that is not in AWS's protocol. ${unknown}`, null),
  ],
};

test.each(Object.values(struck))('AWS fails with %j as long as a test wants', async (effect, answer) => {
  const world = await newWorld();
  await world.fault({ service: 'rekognition', operation: 'CreateUser', effect });
  expect(await world.query(create, { input })).toEqual({ data: { createRekognitionUser: answer } });
  await world.clearFaults();
  await world.reset('demo');
  expect(await world.query(create, { input })).toEqual({ data: { createRekognitionUser: created } });
});

test('Faults are for each service of local AWS', async () => {
  // One that is missing does not compile.
  const services: Record<NonNullable<Fault['service']>, true> = {
    rekognition: true,
    identitystore: true,
    chime: true,
    'chime-sdk-identity': true,
  };
  const world = await newWorld();
  const odd = { service: 'iam', effect: { type: 'throttle' } } as unknown as Fault;
  await expect(world.fault(odd)).rejects.toThrow(
    `service: there is no "iam", only ${Object.keys(services).join(', ')}`,
  );
});

test('A world refuses what is beyond the quotas that it was given', async () => {
  const world = await newWorld();
  // Full again after a quarter of an hour.
  await world.setQuotas('rekognition:CreateUser=0.001');
  expect(await world.query(create, { input })).toEqual({ data: { createRekognitionUser: created } });
  const refused = {
    __typename: 'ThrottledError',
    message: 'Amazon Rekognition takes no more requests at this rate. Try again later.',
    providerCode: 'ProvisionedThroughputExceededException',
  };
  const other = { input: { ...input, userId: 'dorothy' } };
  expect(await world.query(create, other)).toEqual({ data: { createRekognitionUser: refused } });
  await world.setQuotas('off');
  expect(await world.query(create, other)).toEqual({ data: { createRekognitionUser: created } });
});

/** What each service says to a request in a world that there is not, with the rest of the message. */
const asked = [
  ['Amazon Rekognition', '{ rekognitionUser(collectionId: "employees", userId: "ada") { id } }'],
  ['The Identity Store', '{ identityStoreUsers(first: 1) { edges { cursor } } }'],
  ['Amazon Chime', '{ chimeAccounts(first: 1) { edges { cursor } } }'],
  ['Amazon Chime SDK Identity', '{ chimeSdkAppInstances(first: 1) { edges { cursor } } }'],
] as const;

const inWorld = (name: string, query: string) =>
  fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-local-aws-world': name },
    body: JSON.stringify({ query, variables: { input } }),
  }).then(response => response.json() as Promise<{ errors?: { message: string; extensions: object }[] }>);

test.each(asked)('That there is no such world is told of every service: %s', async (service, query) => {
  const { errors } = await inWorld('nope', query);
  expect(errors).toMatchObject([
    {
      message: `${service} was not asked: local AWS has no world "nope", which the header x-local-aws-world names. It was never made, or has ended.`,
      extensions: { code: 'PROVIDER_FAILURE', providerCode: 'UnknownWorldException', retryable: false },
    },
  ]);
});

test('A world that is gone is told by its name, not taken for another; what can be no name is not repeated', async () => {
  const world = await newWorld();
  await world.delete();
  const name = world.headers['x-local-aws-world'] ?? '';
  for (const [sent, words] of [
    [name, `"${name}"`],
    ['<b>x</b>', 'of such a name'],
    ['x'.repeat(65), 'of such a name'],
  ] as const) {
    expect(await inWorld(sent, create)).toEqual({
      data: {
        createRekognitionUser: providerError(
          `was not asked: local AWS has no world ${words}, which the header x-local-aws-world names. It was never made, or has ended. Nothing was changed.`,
          'UnknownWorldException',
        ),
      },
    });
  }
});

test('AWS itself is never told of worlds', async () => {
  const aws = await startRecordingServer(json({ UserId: 'katherine' }));
  const real = await startGatewayOn(aws.url, { PROVIDERS: 'rekognition' });
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
