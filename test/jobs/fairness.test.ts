/** Callers share the workers: the jobs of one do not have those of another wait. */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { type JobGateway, queryAs, startJobGateway } from '../support/jobs.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

/** A gateway with so many workers, until the test is over. */
async function startWith(workers: number): Promise<JobGateway> {
  const gateway = await startJobGateway({ ...issuer.env, JOB_WORKERS: String(workers) });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const statesOf = async (gateway: JobGateway, token: string): Promise<readonly string[]> => {
  const { data } = await queryAs(gateway, token, '{ jobs { edges { node { state } } } }');
  return data.jobs.edges.map(({ node }: { node: { state: string } }) => node.state);
};

const SCOPE = 'rekognition:users:read';
it('The jobs of one caller take all workers while nobody else waits, and give one back to who does', async () => {
  const gateway = await startWith(3);
  const states = (token: string) => statesOf(gateway, token);
  // What is read goes on as long as the test lasts.
  gateway.localAws.faults.add({
    service: 'rekognition',
    operation: 'ListUsers',
    effect: { type: 'latency', milliseconds: 600_000 },
  });
  const many = await issuer.token({ sub: 'many', scope: SCOPE });
  const one = await issuer.token({ sub: 'one', scope: 'rekognition:users:create' });
  const ask = (token: string, field: string, result: string) =>
    queryAs(gateway, token, `mutation { ${field} { ... on ${result} { job { id } } } }`);
  for (let asked = 0; asked < 6; asked += 1) {
    await ask(
      many,
      'exportRekognitionUsers(input: { collectionId: "employees" })',
      'ExportRekognitionUsersSuccess',
    );
  }
  const running = async () => (await states(many)).filter(state => state === 'RUNNING').length;
  await expect.poll(running, { timeout: 40_000 }).toBe(3);
  // Somebody else's that takes long, so that it is seen what is left to the first.
  gateway.localAws.faults.add({
    service: 'rekognition',
    operation: 'CreateUser',
    times: 1,
    effect: { type: 'latency', milliseconds: 8_000 },
  });
  await ask(
    one,
    'importRekognitionUsers(input: { collectionId: "employees", source: { rows: [{ userId: "new" }] } })',
    'ImportRekognitionUsersSuccess',
  );
  await expect.poll(() => states(one), { timeout: 40_000 }).toEqual(['RUNNING']);
  expect(await states(many)).toHaveLength(6);
  expect(await running()).toBe(2);
  await expect.poll(() => states(one), { timeout: 40_000 }).toEqual(['COMPLETED']);
  await expect.poll(running, { timeout: 40_000 }).toBe(3);
}, 180_000);

/** Asks for a job of each of these callers, and tells the order in which they began: whose it is, and the how manieth. */
async function orderOf(
  gateway: JobGateway,
  asked: readonly string[],
): Promise<readonly (readonly [caller: string, nth: number])[]> {
  const tokens = new Map<string, string>();
  for (const sub of new Set(asked)) {
    tokens.set(sub, await issuer.token({ sub, scope: 'rekognition:users:read' }));
  }
  for (const sub of asked) {
    await queryAs(
      gateway,
      tokens.get(sub) ?? '',
      'mutation { exportRekognitionUsers(input: { collectionId: "employees" }) { __typename } }',
    );
  }
  const begun: { readonly caller: string; readonly nth: number; readonly at: string }[] = [];
  for (const [caller, token] of tokens) {
    const nodes = async () => {
      const { data } = await queryAs(
        gateway,
        token,
        '{ jobs { edges { node { state createdAt startedAt } } } }',
      );
      return data.jobs.edges.map(({ node }: { node: object }) => node).toReversed();
    };
    const isDone = async () => (await nodes()).every(({ state }: { state: string }) => state === 'COMPLETED');
    await expect.poll(isDone, { timeout: 120_000, interval: 200 }).toBe(true);
    for (const [nth, { startedAt: at }] of (await nodes()).entries()) begun.push({ caller, nth, at });
  }
  return begun
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .map(({ caller, nth }) => [caller, nth] as const);
}

it.each([
  { workers: 1, asked: ['a', 'a', 'a', 'a', 'b', 'c'], first: ['a', 'b', 'c'] },
  { workers: 2, asked: ['a', 'b', 'a', 'a', 'b', 'b', 'c'], first: ['a', 'b', 'c'] },
])(
  'With $workers workers, a caller with one job waits for one of those who have many, and not for all',
  async ({ workers, asked, first }) => {
    const gateway = await startWith(workers);
    // So long that all are asked for before the first has ended, and each that there is a worker for at first ends alone.
    for (let each = 1; each <= workers; each += 1) {
      gateway.localAws.faults.add({
        service: 'rekognition',
        operation: 'ListUsers',
        times: 1,
        effect: { type: 'latency', milliseconds: each * 8_000 },
      });
    }
    const order = await orderOf(gateway, asked);
    // Of those that there are workers for at first, either may be the first.
    expect(new Set(order.slice(0, workers))).toEqual(
      new Set(first.slice(0, workers).map(caller => [caller, 0])),
    );
    expect(order.slice(workers, first.length)).toEqual(first.slice(workers).map(caller => [caller, 0]));
    expect(order).toHaveLength(asked.length);
  },
  180_000,
);
