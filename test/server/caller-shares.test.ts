/** What one caller may take of the room for bodies and for answers, and what is there for others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { type Answer, startTestGateway, type TestGateway } from '../support/gateway.ts';
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

/** The answer to a read that there was no room for. */
const noRoom = (words: string) => ({
  data: { users: null },
  errors: [
    expect.objectContaining({
      message: `The Identity Store gave more to read than there is room for: this gateway has up to ${words} in memory. Try again.`,
      extensions: expect.objectContaining({ code: 'PROVIDER_FAILURE', retryable: true }),
    }),
  ],
});

it('what one caller has read of AWS leaves room for others, and is let go of with the answers', async () => {
  const gateway = await start({ MAX_UPSTREAM_BYTES_IN_FLIGHT: '131072', AWS_BUDGETS: 'off' });
  const { faults, requests } = gateway.localAws;
  const request = async (by: string, query: string) => {
    const headers = withToken(await issuer.token({ sub: by, scope: '*' }));
    return (await send(gateway.url, json(JSON.stringify({ query }), headers))).body as Answer;
  };
  const long = 'x'.repeat(1_024);
  const creates = Array.from(
    { length: 10 },
    (_, at) =>
      `u${at}: createIdentityStoreUser(input: {userName: "long${at}", displayName: "${long}", title: "${long}", nickName: "${long}", name: {givenName: "${long}", familyName: "Long"}}) { __typename }`,
  );
  expect(await request('ada', `mutation { ${creates.join(' ')} }`)).toEqual({ data: expect.any(Object) });

  // Each reads some 45,000 bytes, and keeps them until the other answer is there.
  const list = 'identityStoreUsers(first: 100) { edges { cursor } }';
  const both = `{ users: ${list} accounts: chimeAccounts(first: 1) { edges { cursor } } }`;
  const isRead = { data: { users: expect.any(Object), accounts: expect.any(Object) } };
  faults.add({ operation: 'ListAccounts', times: 2, effect: { type: 'latency', milliseconds: 3_000 } });
  const before = requests.list().length;
  const held = [request('ada', both), request('eve', both)];
  await vi.waitFor(() => expect(requests.list()).toHaveLength(before + 4));
  await sleep(500);
  const query = `{ users: ${list} }`;
  expect(await request('ada', query)).toEqual(
    noRoom("65536 bytes of AWS's answers to the requests of one caller"),
  );
  expect(await request('bob', query)).toEqual(noRoom("131072 bytes of AWS's answers"));
  expect(await Promise.all(held)).toEqual([isRead, isRead]);
  expect(await request('ada', query)).toEqual({ data: { users: expect.any(Object) } });
  const told =
    'Calls to AWS were given up, because all requests, or all of the caller, read more than MAX_UPSTREAM_BYTES_IN_FLIGHT has room for.';
  expect(gateway.log.filter(({ failure }) => failure !== undefined)).toEqual([
    expect.objectContaining({ level: 30, msg: told, failure: 'noRoom', calls: 1, operations: ['ListUsers'] }),
    expect.objectContaining({ level: 30, msg: told, failure: 'noRoom', calls: 1, operations: ['ListUsers'] }),
  ]);
});

it('answers to one caller leave room for those to others, who do not wait for those of it that wait', async () => {
  const gateway = await start({ MAX_ANSWER_VALUES_IN_FLIGHT: '7000' });
  await hold(gateway, 'ada');
  const refused = refusal(
    'The gateway makes answers to the caller with as many values as it may make for one caller at a time, which is 3500 (half of MAX_ANSWER_VALUES_IN_FLIGHT). Nothing was done. Try again.',
    'callersValuesInFlight',
    3_500,
  );
  // One of two waits, whichever comes first; for the other there is not even room to wait.
  const both = [ask(gateway, 'ada'), ask(gateway, 'ada')];
  const settled: Received[] = [];
  for (const each of both) void each.then(answer => settled.push(answer));
  await vi.waitFor(() => expect(settled).toMatchObject([refused]));
  expect(await ask(gateway, 'eve')).toMatchObject({ status: 200 });
  expect(settled).toHaveLength(1);
  await hold(gateway, 'eve');
  expect(await ask(gateway, 'bob')).toMatchObject(
    refusal(
      'The gateway makes answers with as many values as it may make at a time, which is 7000 (MAX_ANSWER_VALUES_IN_FLIGHT). Nothing was done. Try again.',
      'valuesInFlight',
      7_000,
    ),
  );
  expect(await Promise.all(both)).toMatchObject([refused, refused]);
});
