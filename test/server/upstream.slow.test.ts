/** What the gateway asks of AWS (once: lost answers are not settled here), and what it does when AWS does not answer: no provider at the cost of another. */
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0', ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

// The SDK reads it by itself.
beforeEach(() => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  onTestFinished(() => void vi.unstubAllEnvs());
});

const fields =
  '{ __typename ... on Error { message code retryable providerCode } ... on ThrottledError { retryAfterSeconds } }';
const create = (gateway: TestGateway, userId: string) =>
  gateway
    .query(
      `mutation { user: createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) ${fields} }`,
    )
    .then(({ data }) => data.user as Record<string, unknown>);
const createMany = (gateway: TestGateway, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => create(gateway, `user-${at}`)));
const lookUp = (gateway: TestGateway) =>
  gateway.query('{ identityStoreUser(by: {userName: "ada"}) { userName } }');
const found = { data: { identityStoreUser: { userName: 'ada' } } };
const created = { __typename: 'CreateRekognitionUserSuccess' };

const called = ({ localAws }: TestGateway) => localAws.requests.list().length;

/** Until local AWS stops, which ends the calls. */
const hang = { service: 'rekognition', effect: { type: 'latency', milliseconds: 600_000 } } as const;

it('a service that hangs takes no connections of another', async () => {
  const gateway = await start({ AWS_CONNECTIONS: '10', AWS_TIMEOUT_MS: '600000' });
  gateway.localAws.faults.add(hang);
  const creates = createMany(gateway, 50);
  await expect.poll(() => called(gateway), { timeout: 20_000 }).toBe(10);
  expect(await lookUp(gateway)).toEqual(found);
  await gateway.localAws.stop();
  await creates;
});

it('what comes when all connections are taken and all places are, too, is refused at once', async () => {
  const gateway = await start({
    AWS_CONNECTIONS: '1',
    AWS_CONNECTION_PLACES: '1',
    AWS_TIMEOUT_MS: '600000',
  });
  gateway.localAws.faults.add(hang);
  const first = create(gateway, 'first');
  await expect.poll(() => called(gateway)).toBe(1);
  const outcomes: unknown[] = [];
  const others = [create(gateway, 'second'), create(gateway, 'third')];
  for (const other of others) void other.then(outcome => outcomes.push(outcome));
  await expect.poll(() => outcomes).toEqual([overloaded]);
  expect(await lookUp(gateway)).toEqual(found);
  await gateway.localAws.stop();
  await Promise.all([first, ...others]);
});

it('places are free again when their requests have ended, however they did', async () => {
  const gateway = await start({
    AWS_CONNECTIONS: '1',
    AWS_CONNECTION_PLACES: '0',
    AWS_BREAKER_FAILURES: '0',
  });
  const { faults } = gateway.localAws;
  for (const effect of [{ type: 'drop' }, { type: 'exception', name: 'InternalServerError' }] as const) {
    faults.add({ operation: 'CreateUser', times: 1, effect });
    expect(await create(gateway, 'lost')).toMatchObject({ __typename: 'ProviderFailureError' });
    expect(await create(gateway, `after-${effect.type}`)).toEqual(created);
  }
});

const succeeded = (count: number) => Array.from({ length: count }, () => created);

it('the wait for a connection counts neither as AWS’s nor against it, however slow AWS is', async () => {
  const gateway = await start({
    AWS_CONNECTIONS: '5',
    AWS_CONNECTION_PLACES: '50',
    AWS_CONNECTION_WAIT_MS: '600000',
    // Far more than an answer takes, and less than the last of them waits.
    AWS_TIMEOUT_MS: '4000',
    AWS_BREAKER_FAILURES: '1',
  });
  gateway.localAws.faults.add({
    service: 'rekognition',
    effect: { type: 'latency', milliseconds: 1_000 },
  });
  const since = performance.now();
  expect(await createMany(gateway, 30)).toEqual(succeeded(30));
  expect(performance.now() - since).toBeGreaterThan(5_000);
  expect(called(gateway)).toBe(30);
}, 60_000);

const overloaded = {
  __typename: 'ThrottledError',
  message:
    'Amazon Rekognition has more requests waiting for a connection to it than this gateway has room or time for. Nothing was changed. Try again later.',
  code: 'THROTTLED',
  retryable: true,
  providerCode: null,
  retryAfterSeconds: null,
};

it('what gets no connection in time is refused once and for all, and says nothing of AWS', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
  const gateway = await start({
    AWS_CONNECTIONS: '1',
    AWS_CONNECTION_WAIT_MS: '300',
    AWS_TIMEOUT_MS: '600000',
    AWS_BREAKER_FAILURES: '1',
  });
  gateway.localAws.faults.add({ ...hang, times: 1 });
  const first = create(gateway, 'first');
  await expect.poll(() => called(gateway)).toBe(1);
  const since = performance.now();
  expect(await createMany(gateway, 3)).toEqual([overloaded, overloaded, overloaded]);
  // Once, and not as often as the SDK would try.
  expect(performance.now() - since).toBeLessThan(900);
  expect(called(gateway)).toBe(1);
  // The breaker would say that the service is not answering.
  expect(await create(gateway, 'another')).toEqual(overloaded);
  await gateway.localAws.stop();
  await first;
});

it('what waits for a connection is not sent any more to a service that does not answer', async () => {
  const gateway = await start({
    AWS_CONNECTIONS: '2',
    AWS_CONNECTION_WAIT_MS: '600000',
    AWS_TIMEOUT_MS: '1000',
    AWS_BREAKER_FAILURES: '1',
    AWS_BREAKER_OPEN_MS: '600000',
  });
  gateway.localAws.faults.add(hang);
  const outcomes = await createMany(gateway, 8);
  expect(outcomes.filter(({ message }) => message === notAnswering.message)).toHaveLength(6);
  expect(called(gateway)).toBe(2);
});

const notAnswering = {
  __typename: 'ProviderFailureError',
  message: 'Amazon Rekognition is not answering, and is not called for a while. Nothing was changed.',
  code: 'PROVIDER_FAILURE',
  retryable: true,
  providerCode: null,
};

it.each([
  ['lost connections', { type: 'drop' }],
  ['faults of the server', { type: 'exception', name: 'InternalServerError' }],
  ['pages of a proxy in the way', { type: 'response', status: 503, body: '<html>' }],
  ['time-outs', { type: 'latency', milliseconds: 600_000 }],
] as const)(
  'after %s in a row a service is not called, until one call found that it answers',
  async (_, effect) => {
    const gateway = await start({
      AWS_BREAKER_FAILURES: '3',
      AWS_BREAKER_OPEN_MS: '1000',
      AWS_TIMEOUT_MS: effect.type === 'latency' ? '200' : '10000',
    });
    gateway.localAws.faults.add({ service: 'rekognition', effect });
    for (let at = 0; at < 3; at += 1) {
      expect(await create(gateway, `user-${at}`)).not.toEqual(notAnswering);
    }
    expect(await create(gateway, 'refused')).toEqual(notAnswering);
    expect(called(gateway)).toBe(3);
    expect(await lookUp(gateway)).toEqual(found);

    // It still fails: each time one call finds that out.
    const before = called(gateway);
    await expect
      .poll(() => create(gateway, 'probe'), { interval: 50, timeout: 20_000 })
      .not.toEqual(notAnswering);
    expect(called(gateway)).toBe(before + 1);
    expect(await create(gateway, 'refused')).toEqual(notAnswering);

    gateway.localAws.faults.clear();
    await expect.poll(() => create(gateway, 'probe'), { interval: 50, timeout: 20_000 }).toEqual(created);
    expect(await createMany(gateway, 3)).toEqual([created, created, created]);
  },
);

it('while one call tries whether a service answers again, all others are refused at once', async () => {
  const gateway = await start({
    AWS_BREAKER_FAILURES: '1',
    AWS_BREAKER_OPEN_MS: '1',
    AWS_TIMEOUT_MS: '600000',
  });
  const { faults } = gateway.localAws;
  faults.add({ service: 'rekognition', times: 1, effect: { type: 'drop' } });
  await create(gateway, 'lost');
  faults.add(hang);
  const probes: unknown[] = [];
  const probe = () => {
    probes.push(create(gateway, 'probe'));
    return called(gateway);
  };
  await expect.poll(probe, { timeout: 20_000 }).toBe(2);
  expect(await createMany(gateway, 5)).toEqual(Array.from({ length: 5 }, () => notAnswering));
  expect(called(gateway)).toBe(2);
  await gateway.localAws.stop();
  await Promise.all(probes);
});

it('what AWS refuses, throttles or takes counts as answered', async () => {
  const gateway = await start({ AWS_BREAKER_FAILURES: '2' });
  const { faults } = gateway.localAws;
  const drop = { service: 'rekognition', times: 1, effect: { type: 'drop' } } as const;
  for (const name of ['ThrottlingException', 'ConflictException', 'AccessDeniedException']) {
    faults.add(drop);
    faults.add({ service: 'rekognition', times: 1, effect: { type: 'exception', name } });
    await create(gateway, 'lost');
    expect(await create(gateway, 'refused')).toMatchObject({ providerCode: name });
  }
  faults.add(drop);
  await create(gateway, 'lost');
  expect(await create(gateway, 'taken')).toEqual(created);
  faults.add(drop);
  await create(gateway, 'lost');
  expect(await create(gateway, 'taken-too')).toEqual(created);
});

it('what would wait too long for its turn is refused at once, as nothing that AWS has seen', async () => {
  const gateway = await start({ AWS_BUDGETS: 'rekognition=0.1', AWS_BUDGET_WAIT_MS: '5000' });
  expect(await create(gateway, 'first')).toEqual(created);
  expect(await create(gateway, 'second')).toEqual({
    __typename: 'ThrottledError',
    message:
      'Amazon Rekognition is not called more often than AWS allows, and too many requests wait for their turn. Nothing was changed. Try again later.',
    code: 'THROTTLED',
    retryable: true,
    providerCode: null,
    retryAfterSeconds: expect.any(Number) as number,
  });
  expect(called(gateway)).toBe(1);
  // Each operation has its own budget, and so has each service.
  expect(
    await gateway.query('{ rekognitionCollection(collectionId: "employees") { collectionId } }'),
  ).toEqual({
    data: { rekognitionCollection: { collectionId: 'employees' } },
  });
  expect(await lookUp(gateway)).toEqual(found);
});

it('a read that would wait too long is an error with the same facts', async () => {
  const gateway = await start({
    AWS_BUDGETS: 'identitystore=0.1',
    AWS_BUDGET_WAIT_MS: '0',
    // Asking others for a turn would be a wait already.
    SHARED_BUDGETS: 'off',
  });
  const { data, errors } = await gateway.query(
    '{ identityStoreUsers(first: 1) { edges { node { userName } } } }',
  );
  expect({ data: data !== null, errors }).toEqual({ data: true, errors: undefined });
  const again = await gateway.query('{ identityStoreUsers(first: 1) { edges { node { userName } } } }');
  expect(again.errors).toMatchObject([
    {
      message:
        'The Identity Store is not called more often than AWS allows, and too many requests wait for their turn. Try again later.',
      extensions: { code: 'THROTTLED', retryable: true, providerCode: null, requestId: null },
    },
  ]);
});

it('creates that come far too fast are all made, without one that AWS had to throttle', async () => {
  const quotas = 'rekognition:CreateUser=40';
  const gateway = await start({ AWS_BUDGETS: quotas, LOCAL_AWS_QUOTAS: quotas });
  const outcomes = await createMany(gateway, 120);
  expect(outcomes).toEqual(Array.from({ length: 120 }, () => created));
  expect(gateway.localAws.requests.list().map(({ status }) => status)).toEqual(
    Array.from({ length: 120 }, () => 200),
  );
});

it('without budgets AWS throttles them', async () => {
  const gateway = await start({ LOCAL_AWS_QUOTAS: 'rekognition:CreateUser=1' });
  const outcomes = await createMany(gateway, 10);
  expect(outcomes).toContainEqual(
    expect.objectContaining({
      __typename: 'ThrottledError',
      providerCode: 'ProvisionedThroughputExceededException',
    }),
  );
});

it('who waits for a turn when the gateway stops is told so', async () => {
  const gateway = await start({ AWS_BUDGETS: 'rekognition=0.05', METRICS_PORT: '0' });
  await create(gateway, 'first');
  const waits = create(gateway, 'second');
  const waiting = async () => valueOf(await scrape(gateway.metricsUrl), 'vestibule_budget_queue');
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  await gateway.stop();
  expect(await waits).toMatchObject({
    message:
      'Amazon Rekognition was not called any more, because the client had left or this gateway stopped. Nothing was changed.',
    retryable: true,
  });
});
