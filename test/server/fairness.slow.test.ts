/**
 * Budgets and connections between callers with tokens of their own; local AWS enforces the quotas that the budgets keep to.
 * And the turns of those of whom only the address is known.
 */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { scrape, valueOf } from '../support/prometheus.ts';
import { ask, withToken } from '../support/tokens.ts';

/** For the slowest machines. */
const PATIENCE_MS = 120_000;

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway({ ...issuer.env, ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

function startWithQuota(perSecond: number, env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const quota = `rekognition:CreateUser=${perSecond}`;
  return start({ AWS_BUDGETS: quota, LOCAL_AWS_QUOTAS: quota, ...env });
}

/** What callers have been answered, in that order. */
class Answers {
  readonly all: { readonly by: string; readonly typename: string }[] = [];
  readonly #gateway: TestGateway;

  constructor(gateway: TestGateway) {
    this.#gateway = gateway;
  }

  /** Sends so many creates at once. */
  async create(by: string, count: number): Promise<readonly string[]> {
    const headers = withToken(await issuer.token({ sub: by, scope: 'rekognition:users:create' }));
    const one = async (_: unknown, number: number) => {
      const input = `{collectionId: "employees", userId: "${by}-${number}"}`;
      const { body } = await ask(
        this.#gateway,
        headers,
        `mutation { result: createRekognitionUser(input: ${input}) { __typename } }`,
      );
      const { __typename: typename } = (body as Created).data.result;
      this.all.push({ by, typename });
      return typename;
    };
    return Promise.all(Array.from({ length: count }, one));
  }

  of(by: string, typename?: string): number {
    return this.all.filter(each => each.by === by && (typename ?? each.typename) === each.typename).length;
  }
}

interface Created {
  readonly data: { readonly result: { readonly __typename: string } };
}

const SUCCESS = 'CreateRekognitionUserSuccess';
const success = (count: number) => Array.from({ length: count }, () => SUCCESS);

test(
  'Who asks for little is served in turns with who asks for much, and no throttle comes to them',
  async () => {
    const gateway = await startWithQuota(4, { AWS_BUDGET_PLACES: '1000', METRICS_PORT: '0' });
    const answers = new Answers(gateway);
    const much = answers.create('ada', 24);
    const waiting = async () => valueOf(await scrape(gateway.metricsUrl), 'vestibule_budget_queue');
    await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(15);
    const before = answers.of('ada');
    expect(await answers.create('eve', 3)).toEqual(success(3));
    // In one line for all, it would be all that waited.
    expect(answers.of('ada') - before).toBeLessThan(13);
    expect(await much).toEqual(success(24));
    // One that travels slowly may be throttled by AWS all the same; it is repeated.
    expect(answers.of('ada', 'ThrottledError') + answers.of('eve', 'ThrottledError')).toBe(0);
  },
  PATIENCE_MS,
);

test(
  'Nobody holds more than half of the places, so that there is one for others',
  async () => {
    const gateway = await startWithQuota(1, { AWS_BUDGET_PLACES: '8' });
    const answers = new Answers(gateway);
    const much = answers.create('ada', 20);
    await expect.poll(() => answers.of('ada', 'ThrottledError'), { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await answers.create('eve', 2)).toEqual(success(2));
    const made = (await much).filter(typename => typename === SUCCESS).length;
    expect(answers.of('ada', 'ThrottledError')).toBe(20 - made);
    // What waited, and what went while the others came.
    expect(made).toBeGreaterThanOrEqual(4);
    expect(made).toBeLessThan(20);
  },
  PATIENCE_MS,
);

test(
  'Who asks for little gets a connection in turns with who asks for much',
  async () => {
    const gateway = await start({
      AWS_CONNECTIONS: '1',
      AWS_CONNECTION_WAIT_MS: '120000',
      METRICS_PORT: '0',
    });
    const { faults } = gateway.localAws;
    faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 250 } });
    const answers = new Answers(gateway);
    const much = answers.create('ada', 24);
    const waiting = async () =>
      valueOf(await scrape(gateway.metricsUrl), 'vestibule_graphql_requests_in_flight');
    await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(15);
    const before = answers.of('ada');
    expect(await answers.create('eve', 3)).toEqual(success(3));
    // In one line for all, it would be all that waited.
    expect(answers.of('ada') - before).toBeLessThan(13);
    expect(await much).toEqual(success(24));
  },
  PATIENCE_MS,
);

test(
  'Nobody holds more than half of the places for connections, and where others have all of them, the first of each still gets the next',
  async () => {
    const gateway = await start({
      AWS_CONNECTIONS: '2',
      AWS_CONNECTION_PLACES: '8',
      AWS_CONNECTION_WAIT_MS: '120000',
      METRICS_PORT: '0',
    });
    const { faults, requests } = gateway.localAws;
    // The first two are under way until all others have come.
    faults.add({ service: 'rekognition', times: 2, effect: { type: 'latency', milliseconds: 6_000 } });
    faults.add({ service: 'rekognition', effect: { type: 'latency', milliseconds: 1_000 } });
    const headers = withToken(await issuer.token({ sub: 'ada', scope: '*' }));
    let answered = 0;
    const much = Array.from({ length: 20 }, async (_, at) => {
      const answer = await ask(
        gateway,
        headers,
        `{ rekognitionCollection(collectionId: "ada-${at}") { collectionId } }`,
      );
      answered += 1;
      return answer;
    });
    await expect.poll(() => answered, { timeout: 20_000 }).toBe(14);
    expect(requests.list()).toHaveLength(2);
    const ofBob = withToken(await issuer.token({ sub: 'bob', scope: '*' }));
    const others = Array.from({ length: 4 }, (_, at) =>
      ask(gateway, ofBob, `{ rekognitionCollection(collectionId: "bob-${at}") { collectionId } }`),
    );
    const underWay = async () =>
      valueOf(await scrape(gateway.metricsUrl), 'vestibule_graphql_requests_in_flight');
    await expect.poll(underWay, { timeout: 20_000 }).toBe(10);
    const answers = new Answers(gateway);
    expect(await answers.create('eve', 1)).toEqual(success(1));
    // After the two that travelled, and at most one of each other: in one line for all, it would be the last of eleven.
    expect(requests.list().findIndex(({ operation }) => operation === 'CreateUser')).toBeLessThan(5);
    expect(JSON.stringify(await Promise.all(others))).not.toContain('THROTTLED');
    const refused = (await Promise.all(much)).filter(({ body }) => (body as { errors?: object }).errors);
    expect(refused).toHaveLength(14);
    const message =
      'Amazon Rekognition has as many requests of the caller waiting for a connection to it as one caller may have. Try again later.';
    for (const { body } of refused) {
      expect(body).toMatchObject({ errors: [{ message, extensions: { code: 'THROTTLED' } }] });
    }
  },
  PATIENCE_MS,
);

test(
  'Behind a proxy, whose documents are few is served in turns with whose are many, by the addresses that it tells',
  async () => {
    const gateway = await start({ AUTH: 'none', TRUSTED_PROXIES: '1', MAX_DOCUMENT_FIELDS: '100000' });
    let documents = 0;
    const answered: string[] = [];
    const one = async (address: string) => {
      // Unlike any other, so that it has to be judged.
      const selection = Array.from({ length: 2_000 }, (_, field) => `f${documents}x${field}: __typename`);
      documents += 1;
      const forwarded = { 'x-forwarded-for': `192.0.2.99, ${address}` };
      const { status } = await ask(gateway, forwarded, `{ nodes(ids: []) { ${selection.join(' ')} } }`);
      answered.push(address);
      return status;
    };
    // Connections are accepted one by one; only what comes on open ones comes together.
    await Promise.all(Array.from({ length: 43 }, () => ask(gateway, {}, '{ __typename }')));
    const many = Array.from({ length: 40 }, () => one('192.0.2.1'));
    const few = Array.from({ length: 3 }, () => one('192.0.2.2'));
    expect(await Promise.all([...many, ...few])).toEqual(Array.from({ length: 43 }, () => 200));
    // In one line for all, it would be all forty.
    expect(answered.lastIndexOf('192.0.2.2') - few.length).toBeLessThan(20);
  },
  PATIENCE_MS,
);

test(
  'So is who sends few small requests with who sends many, by address',
  async () => {
    const gateway = await start({ AUTH: 'none', TRUSTED_PROXIES: '1', MAX_DOCUMENT_ROOT_FIELDS: '240' });
    const selection = Array.from({ length: 240 }, (_, field) => `f${field}: __typename`).join(' ');
    const answered: string[] = [];
    const one = async (address: string) => {
      const { status } = await ask(gateway, { 'x-forwarded-for': address }, `{ ${selection} }`);
      answered.push(address);
      return status;
    };
    await Promise.all(Array.from({ length: 203 }, () => ask(gateway, {}, '{ __typename }')));
    const many = Array.from({ length: 200 }, () => one('192.0.2.1'));
    const few = Array.from({ length: 3 }, () => one('192.0.2.2'));
    expect(new Set(await Promise.all([...many, ...few]))).toEqual(new Set([200]));
    // In one line for all, it would be all two hundred.
    expect(answered.lastIndexOf('192.0.2.2') - few.length).toBeLessThan(150);
  },
  PATIENCE_MS,
);
