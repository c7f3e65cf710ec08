/** What callers can take of the heap by bodies within their limits, with as little of it as a gateway may have. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { globalId } from '../support/global-ids.ts';
import { json, type Sent, send } from '../support/http.ts';
import { envOfGatewayOn, spawnGateway } from '../support/process.ts';

const AWS_MS = 5_000;
const USER_ID = '906a1b2c3d-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';

/** An AWS that takes its time for all but look-ups. */
async function startSlowAws(): Promise<string> {
  const server = createServer((request, response) => {
    const isLookUp = String(request.headers['x-amz-target']).endsWith('.DescribeUser');
    const body = { UserId: USER_ID, IdentityStoreId: 'd-9067012345', UserName: 'ada' };
    request.resume();
    globalThis.setTimeout(
      () => {
        const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' };
        response.writeHead(200, headers).end(JSON.stringify(body));
      },
      isLookUp ? 0 : AWS_MS,
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

const create = (input: string) => `createIdentityStoreUser(input: {${input}})`;
const first = create('userName: "a", displayName: "a", name: {givenName: "a", familyName: "a"}');

/** A document that keeps what it is given while AWS is asked for something else. */
const keeping = (name: string, given: string, input: string) =>
  `mutation ${name}(${given}$no: Boolean = false) { a: ${first} { __typename } b: ${create(input)} @include(if: $no) { __typename } }`;

/** As many items as the lists in an operation's inputs may have. */
const MOST_ITEMS = 10_000;

/** A body with as many of these as may be in so many bytes, and in a list, each with so many values. */
function bodyOf(
  bytes: number,
  document: string,
  wrap: (list: string) => string,
  each: (n: number) => string,
  values: number,
) {
  const length = Math.min(MOST_ITEMS, Math.floor((bytes / 8 - 12) / values));
  const list = Array.from({ length }, (_, n) => each(n));
  return `{"query":${JSON.stringify(document)},"variables":{"e":${wrap(`[${list.join()}]`)}}}`.padEnd(bytes);
}

/** Empty objects that are inputs: the dearest values. */
const inputsIn = (bytes: number) =>
  bodyOf(
    bytes,
    keeping('M', '$e: [IdentityStoreEmailInput!], ', 'emails: $e'),
    list => list,
    () => '{}',
    1,
  );

/** Objects of which each has another member: the dearest values of free-form JSON. */
const formsIn = (bytes: number) =>
  bodyOf(
    bytes,
    keeping('M', '$e: JSONObject, ', 'extensions: $e'),
    list => `{"a":${list}}`,
    n => `{"${(n % 9_999).toString(36)}":1}`,
    2,
  );

/** As many words as a document may have. */
const wordsOf = (name: string): string =>
  JSON.stringify({ query: keeping(name, '', `extensions: {a: [${'1 '.repeat(19_900)}]}`) });

/** The global ids of 80 groups. */
const groupIds = (list: string) =>
  Array.from({ length: 80 }, (_, at) => {
    const id = USER_ID.replace(/.{8}$/, `${list}${String(10_000_000 + at).slice(1)}`);
    return globalId('IdentityStoreGroup', 'd-9067012345', id);
  });

/** Two lists of 80 things, each of which takes a call to AWS. */
const nodes = (): string => {
  const query = 'query ($a: [ID!]!, $b: [ID!]!) { a: nodes(ids: $a) { id } b: nodes(ids: $b) { id } }';
  return JSON.stringify({ query, variables: { a: groupIds('a'), b: groupIds('b') } });
};

const ways: readonly (readonly [
  what: string,
  count: number,
  callers: number,
  body: (n: number) => string,
])[] = [
  ['a megabyte of empty inputs', 62, 1, repeated(inputsIn(1_000_000))],
  ['a megabyte of empty inputs', 62, 4, repeated(inputsIn(1_000_000))],
  ['a megabyte of objects of different forms', 62, 4, repeated(formsIn(1_000_000))],
  ['16 KiB of empty inputs', 2_000, 4, repeated(inputsIn(16_000))],
  ['documents of 20,000 words', 120, 4, n => wordsOf(`M${n}`)],
  ['160 ids of things of AWS', 2_000, 4, nodes],
];

function repeated(body: string): () => string {
  return () => body;
}

const from = (address: string, sent: Sent): Sent => ({
  ...sent,
  headers: { ...sent.headers, 'x-forwarded-for': address },
});

it.each(ways)(
  'A heap of 256 MB lives on when it is sent %s, %i times by %i callers, and others are answered',
  async (_what, count, callers, body) => {
    const program = spawnGateway({
      ...envOfGatewayOn(await startSlowAws()),
      AWS_BUDGETS: 'off',
      TRUSTED_PROXIES: '1',
      NODE_OPTIONS: '--max-old-space-size=256',
    });
    const { origin } = new URL(await program.url);
    const attack = Promise.all(
      Array.from({ length: count }, (_, n) => send(origin, from(`192.0.2.${n % callers}`, json(body(n))))),
    );
    const lookUp = json(`{"query":"{ identityStoreUser(by: {userId: \\"${USER_ID}\\"}) { userName } }"}`);
    let isOver = false;
    do {
      expect(await send(origin, from('198.51.100.1', lookUp))).toMatchObject({
        status: 200,
        body: { data: { identityStoreUser: { userName: 'ada' } } },
      });
      isOver = await Promise.race([attack.then(() => true), setTimeout(100, false)]);
    } while (!isOver);
    const answers = await attack;
    expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
    expect(answers).toHaveLength(count);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(count);
    for (const refusal of refused) {
      expect(refusal).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    }
  },
  120_000,
);

it('A heap of 256 MB lives on when bodies come byte by byte, from requests that wait for their turns too', async () => {
  const program = spawnGateway({
    ...envOfGatewayOn(await startSlowAws()),
    NODE_OPTIONS: '--max-old-space-size=256',
  });
  const { origin } = new URL(await program.url);
  const head =
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
  const sent = Buffer.from(head + '1\r\n \r\n'.repeat(10_000));
  const sockets = Array.from({ length: 600 }, () => connectTo(origin));
  await Promise.all(sockets.map(socket => once(socket, 'connect')));
  await Promise.all(sockets.map(socket => new Promise(resolve => socket.write(sent, resolve))));
  const lookUp = json(`{"query":"{ identityStoreUser(by: {userId: \\"${USER_ID}\\"}) { userName } }"}`);
  for (let time = 0; time < 5; time += 1) {
    expect(await send(origin, lookUp)).toMatchObject({
      status: 200,
      body: { data: { identityStoreUser: { userName: 'ada' } } },
    });
  }
  // The end of a body that was waited for is read as that of any other.
  const [open] = sockets as [Socket, ...Socket[]];
  const query = '{"query":"{ __typename }"}';
  open.write(`${query.length.toString(16)}\r\n${query}\r\n0\r\n\r\n`);
  expect(String((await once(open, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 [^]*"__typename":"Query"/);
}, 120_000);

/** Forms may be larger than any other body. */
const FORM_BYTES = 32_000_000;

it.each([
  ['files', 'content-disposition: form-data; name="f"; filename="f"\r\n', 'has more than 4 files'],
  ['fields', 'content-disposition: form-data; name="f"\r\n', 'has other parts than'],
  ['parts with another header', 'a: b\r\n', 'has other parts than'],
  ['parts without a header', '', 'has other parts than'],
])(
  'A heap of 256 MB lives on when it is sent a form of nothing but empty %s, and others are answered at once',
  async (_what, header, words) => {
    const program = spawnGateway({
      ...envOfGatewayOn(await startSlowAws()),
      NODE_OPTIONS: '--max-old-space-size=256',
    });
    const { origin } = new URL(await program.url);
    const part = `--b\r\n${header}\r\n\r\n`;
    const form: Sent = {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'graphql-require-preflight': '1' },
      body: `${part.repeat(Math.floor(FORM_BYTES / part.length))}--b--\r\n`,
    };
    const answer = send(origin, form);
    const lookUp = json(`{"query":"{ identityStoreUser(by: {userId: \\"${USER_ID}\\"}) { userName } }"}`);
    let isOver = false;
    do {
      const since = performance.now();
      expect(await send(origin, lookUp)).toMatchObject({ status: 200 });
      expect(performance.now() - since).toBeLessThan(3_000);
      isOver = await Promise.race([answer.then(() => true), setTimeout(20, false)]);
    } while (!isOver);
    expect(JSON.stringify((await answer).body)).toContain(words);
  },
  60_000,
);

it('A heap of 256 MB is enough for images that many fields name, and others are answered', async () => {
  const program = spawnGateway({
    ...envOfGatewayOn(await startSlowAws()),
    AWS_BUDGETS: 'off',
    REQUEST_TIMEOUT_MS: '8000',
    NODE_OPTIONS: '--max-old-space-size=256',
  });
  const { origin } = new URL(await program.url);
  const fields = Array.from(
    { length: 25 },
    (_, at) =>
      `s${at}: searchRekognitionUsers(collectionId: "c", by: {image: {upload: $image}}) { __typename }`,
  );
  const query = `query($image: Upload!) { ${fields.join(' ')} }`;
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { image: null } }));
  form.set('map', '{"0":["variables.image"]}');
  // The beginning of a JPEG.
  const image = Buffer.alloc(5_000_000);
  image.set([0xff, 0xd8, 0xff, 0xe0]);
  form.set('0', new Blob([image]));
  const headers = { 'graphql-require-preflight': '1' };
  const searches = Array.from({ length: 6 }, () =>
    fetch(`${origin}/graphql`, { method: 'POST', headers, body: form }).then(async answer => answer.text()),
  );
  const attack = Promise.all(searches);
  const lookUp = json(`{"query":"{ identityStoreUser(by: {userId: \\"${USER_ID}\\"}) { userName } }"}`);
  let [isOver, most] = [false, 0];
  do {
    expect(await send(origin, lookUp)).toMatchObject({ status: 200 });
    most = Math.max(most, residentMiB(program.child.pid));
    isOver = await Promise.race([attack.then(() => true), setTimeout(50, false)]);
  } while (!isOver);
  expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
  // Each of the 150 calls would take 14 of their own.
  expect(most).toBeLessThan(600);
  expect((await attack).join()).toContain('when the 8000 ms were over that a request may take');
}, 120_000);

function residentMiB(pid?: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
