/** Many requests at once of which each is within its limits: others are served meanwhile, and what all hold has a bound. */
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { spawnGateway } from '../support/process.ts';

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway(env);
  onTestFinished(() => gateway.stop());
  return gateway;
}

/** Sends the beginning of a request, and waits for its answer. */
async function sendPart(url: string, length: number, part: string): Promise<string> {
  const socket = connectTo(url);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${part}`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return String(answer);
}

const ask = (query: string) => json(JSON.stringify({ query }));

/** How many of these requests, sent at once, are answered before one for the health that is sent after them. */
async function answeredBeforeHealth(queries: readonly string[]): Promise<number> {
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:', LOCAL_AWS_PORT: '0' });
  const { origin } = new URL(await gateway.url);
  let answered = 0;
  const answers = queries.map(async query => {
    await send(origin, ask(query));
    answered += 1;
  });
  // The first of them is answered, so all have begun to arrive.
  await Promise.race(answers);
  expect(await send(origin, { method: 'GET', path: '/health' })).toMatchObject({ status: 200 });
  const before = answered;
  await Promise.all(answers);
  return before;
}

it('tells its health while dozens of documents are invalid, each in a hundred ways', async () => {
  const queries = Array.from({ length: 40 }, (_d, n) => {
    const unknown = Array.from({ length: 99 }, (_f, m) => `displayNam${n}x${m}`).join(' ');
    return `{ identityStoreUser(by: {userName: "x"}) { ${unknown} } }`;
  });
  expect(await answeredBeforeHealth(queries)).toBeLessThan(20);
});

it('tells of a document that is long and wrong in thousands of ways as many as can be told of soon', async () => {
  const { url } = await start({});
  const members = Array.from({ length: 6_000 }, (_, n) => `m${n}: 1`).join(' ');
  const query = `mutation { createRekognitionUser(input: {collectionId: "a", userId: "b", ${members}}) { __typename } }`;
  const { status, body } = await send(url, ask(query));
  const { errors } = body as { errors: { message: string }[] };
  expect(status).toBe(200);
  expect(errors.length).toBe(Math.floor(500_000 / query.length) + 1);
  expect(errors.at(-1)?.message).toBe(
    `The document has more than ${Math.floor(500_000 / query.length)} errors, of which these are the first.`,
  );
});

it.each([
  ['on', ' Did you mean "displayName"?'],
  ['off', ''],
])(
  'suggests names only where the schema is no secret: introspection is %s',
  async (INTROSPECTION, suggestion) => {
    const { url } = await start({ INTROSPECTION });
    const query = '{ identityStoreUser(by: {userName: "x"}) { displayNam } }';
    expect(await send(url, ask(query))).toMatchObject({
      status: 200,
      body: {
        errors: [{ message: `Cannot query field "displayNam" on type "IdentityStoreUser".${suggestion}` }],
      },
    });
    const variables = { input: { collectionId: 'a', userI: 'b' } };
    const mutation =
      'mutation New($input: CreateRekognitionUserInput!) { createRekognitionUser(input: $input) { __typename } }';
    const { body } = await send(url, json(JSON.stringify({ query: mutation, variables })));
    const text = JSON.stringify(body);
    expect(text).toContain('userI');
    expect(text.includes('Did you mean')).toBe(INTROSPECTION === 'on');
  },
);

it.each([
  ['the same caller', {}],
  ['another', { 'x-forwarded-for': '192.0.2.1' }],
] as const)('has a body that does not come give way to one of %s that does', async (_whose, headers) => {
  const { url } = await start({ MAX_BODY_BYTES_IN_FLIGHT: '65536', TRUSTED_PROXIES: '1' });
  const padded = json(JSON.stringify({ query: '{ __typename }'.padEnd(70_000) }), headers);
  const slow = sendPart(url, 90_000, '{'.padEnd(80_000));
  await vi.waitFor(async () => expect(await send(url, padded)).toMatchObject({ status: 503 }));
  await vi.waitFor(async () => expect(await send(url, padded)).toMatchObject({ status: 200 }), {
    timeout: 25_000,
    interval: 500,
  });
  expect(await slow).toMatch(/^HTTP\/1\.1 503 /);
});

it('has answers wait for room that others leave, for a while', async () => {
  const { url, localAws } = await start({
    MAX_ANSWER_VALUES_IN_FLIGHT: '3500',
    AWS_TIMEOUT_MS: '600000',
    REQUEST_TIMEOUT_MS: '600000',
  });
  const many = ask('{ identityStoreUsers(first: 1000) { edges { node { id } } } }');
  const both = await Promise.all([send(url, many), send(url, many)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);

  localAws.faults.add({ effect: { type: 'latency', milliseconds: 600_000 } });
  const asked = localAws.requests.list().length;
  void send(url, many).catch(() => {});
  await vi.waitFor(() => expect(localAws.requests.list().length).toBe(asked + 1));
  expect(await send(url, many)).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
    body: {
      errors: [{ extensions: { code: 'OVERLOADED', limit: 'callersValuesInFlight', maximum: 1_750 } }],
    },
  });
  onTestFinished(() => localAws.stop());
});
