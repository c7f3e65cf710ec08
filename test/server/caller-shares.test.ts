/** What one caller may take of the room for bodies and for answers, and what is there for others. */
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, type Received, send } from '../support/http.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { withToken } from '../support/tokens.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
  return () => issuer.stop();
});

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const patient = { AWS_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' };
  const gateway = await startTestGateway({ ...issuer.env, ...patient, ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const QUERY = '{ identityStoreUsers(first: 1000) { edges { node { id } } } }';

/** Asks for as many values, with as many bytes. */
async function ask({ url }: TestGateway, by: string, bytes = 0): Promise<Received> {
  const headers = withToken(await issuer.token({ sub: by, scope: '*' }));
  return send(url, json(JSON.stringify({ query: QUERY }).padEnd(bytes), headers));
}

/** The same, which AWS does not answer before it stops. */
async function hold(gateway: TestGateway, by: string, bytes?: number): Promise<void> {
  const { faults, requests } = gateway.localAws;
  const before = requests.list().length;
  faults.add({ operation: 'ListUsers', times: 1, effect: { type: 'latency', milliseconds: 600_000 } });
  void ask(gateway, by, bytes).catch(() => {});
  await vi.waitFor(() => expect(requests.list()).toHaveLength(before + 1));
  onTestFinished(() => gateway.localAws.stop());
}

const refusal = (message: string, limit: string, maximum: number) => ({
  status: 503,
  headers: { 'retry-after': '1' },
  body: { errors: [{ message, extensions: { code: 'OVERLOADED', limit, maximum, retryable: true } }] },
});

it('bodies of one caller leave room for those of others, and one alone may have more than the share', async () => {
  const gateway = await start({ MAX_BODY_BYTES_IN_FLIGHT: '131072' });
  await hold(gateway, 'ada', 70_000);
  expect(await ask(gateway, 'ada', 20_000)).toMatchObject(
    refusal(
      'The gateway has as many bytes of requests of the caller in memory as it may have of one caller, which is 65536 (half of MAX_BODY_BYTES_IN_FLIGHT). Nothing was done. Try again.',
      'callersBodyBytesInFlight',
      65_536,
    ),
  );
  // What is small is not counted.
  expect(await ask(gateway, 'ada', 15_000)).toMatchObject({ status: 200 });
  expect(await ask(gateway, 'eve', 59_000)).toMatchObject({ status: 200 });
  expect(await ask(gateway, 'eve', 70_000)).toMatchObject(
    refusal(
      'The gateway has as many bytes of requests in memory as it may have, which is 131072 (MAX_BODY_BYTES_IN_FLIGHT). Nothing was done. Try again.',
      'bodyBytesInFlight',
      131_072,
    ),
  );
});

it('a document counts once, however many requests have it at a time, and not when the last of them is answered', async () => {
  const gateway = await start({ MAX_BODY_BYTES_IN_FLIGHT: '131072', AWS_BUDGETS: 'off' });
  const { faults, requests } = gateway.localAws;
  const headers = withToken(await issuer.token({ sub: 'ada', scope: '*' }));
  // Some 320 words, which is more than half of what one caller may have.
  const request = (name: string) => {
    const fields = Array.from({ length: 100 }, (_, at) => `a${at}: id`).join(' ');
    const query = `query ${name} { identityStoreUsers(first: 1) { edges { node { ${fields} } } } }`;
    return send(gateway.url, json(JSON.stringify({ query }), headers));
  };
  const tooMuch = refusal(
    'The gateway has as many bytes of requests of the caller in memory as it may have of one caller, which is 65536 (half of MAX_BODY_BYTES_IN_FLIGHT). Nothing was done. Try again.',
    'callersBodyBytesInFlight',
    65_536,
  );
  faults.add({ operation: 'ListUsers', times: 5, effect: { type: 'latency', milliseconds: 2_000 } });
  const answers = Array.from({ length: 5 }, () => request('One'));
  await vi.waitFor(() => expect(requests.list()).toHaveLength(5));
  expect(await request('Two')).toMatchObject(tooMuch);
  // It is there as long as one of them is under way.
  expect(await request('One')).toMatchObject({ status: 200 });
  expect(await request('Two')).toMatchObject(tooMuch);
  for (const answer of answers) expect(await answer).toMatchObject({ status: 200 });
  expect(await request('Two')).toMatchObject({ status: 200 });
});

it('answers to one caller leave room for those to others, who do not wait for those of it that wait', async () => {
  const gateway = await start({ MAX_ANSWER_VALUES_IN_FLIGHT: '7000' });
  await hold(gateway, 'ada');
  const late = ask(gateway, 'ada');
  const refused = refusal(
    'The gateway makes answers to the caller with as many values as it may make for one caller at a time, which is 3500 (half of MAX_ANSWER_VALUES_IN_FLIGHT). Nothing was done. Try again.',
    'callersValuesInFlight',
    3_500,
  );
  // So does a third, for which there is not even room to wait.
  await vi.waitFor(async () =>
    expect(await Promise.race([ask(gateway, 'ada'), late])).toMatchObject(refused),
  );
  const outcomes: string[] = [];
  void late.then(() => outcomes.push('ada'));
  expect(await ask(gateway, 'eve')).toMatchObject({ status: 200 });
  expect(outcomes).toEqual([]);
  await hold(gateway, 'eve');
  expect(await ask(gateway, 'bob')).toMatchObject(
    refusal(
      'The gateway makes answers with as many values as it may make at a time, which is 7000 (MAX_ANSWER_VALUES_IN_FLIGHT). Nothing was done. Try again.',
      'valuesInFlight',
      7_000,
    ),
  );
  expect(await late).toMatchObject(refused);
});
