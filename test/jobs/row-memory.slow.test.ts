/** How much memory and time a file of rows can take that are as heavy as rows may be, or heavier. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { json, send } from '../support/http.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';
import { spawnGateway } from '../support/process.ts';

const FILE_BYTES = 32_500_000;

let database: OwnDatabase;
beforeAll(async () => {
  database = await ownDatabase();
});
afterAll(() => database.drop());

/** A file of users with free-form JSON of so many objects, as many users as a file has room for. */
function fileOf(objects: number, object: string): string {
  const list = Array.from({ length: objects }, () => object).join();
  const line = (at: number) =>
    `{"userName":"user${at}","displayName":"User","name":{"givenName":"a","familyName":"b"},"extensions":{"aws:identitystore:enterprise":{"x":[${list}]}}}\n`;
  return Array.from({ length: Math.floor(FILE_BYTES / line(100).length) }, (_, at) => line(at)).join('');
}

const query = `mutation ($input: ImportIdentityStoreUsersInput!) {
  result: importIdentityStoreUsers(input: $input) { ... on ImportIdentityStoreUsersSuccess { job { id state } } } }`;

// The shape is the document's; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
async function upload(url: string, file: string): Promise<any> {
  const form = new FormData();
  const variables = { input: { onExisting: 'SKIP', source: { ndjson: null } } };
  form.append('operations', JSON.stringify({ query, variables }));
  form.append('map', '{"0":["variables.input.source.ndjson"]}');
  form.append('0', new Blob([file]), 'rows.ndjson');
  const headers = { 'graphql-require-preflight': '1' };
  const answer = await fetch(url, { method: 'POST', headers, body: form });
  return answer.json();
}

it.each([
  ['are too long', 340_000, '{}', 'INVALID'],
  ['hold too much', 40_000, '{}', 'INVALID'],
  ['hold as much as they may', 14_000, '{}      ', 'COMPLETED'],
])(
  'A file whose rows %s leaves a heap of 256 MB, and others are answered meanwhile',
  { timeout: 240_000 },
  async (_what, objects, object, state) => {
    const program = spawnGateway({
      ...database.env,
      PORT: '0',
      LOCAL_AWS_DATA: ':memory:',
      AWS_BUDGETS: 'off',
      LOG_LEVEL: 'error',
      AUDIT: 'off',
      JOB_WORKERS: '4',
      NODE_OPTIONS: '--max-old-space-size=256',
    });
    const url = new URL(await program.url);
    const lookUp = json('{"query":"{ identityStoreUser(by: { userName: \\"ada\\" }) { userName } }"}');
    const found = { status: 200, body: { data: { identityStoreUser: { userName: 'ada' } } } };
    const times: number[] = [];
    const end = new AbortController();
    const looking = (async () => {
      while (!end.signal.aborted) {
        const start = performance.now();
        expect(await send(url.origin, lookUp)).toMatchObject(found);
        times.push(performance.now() - start);
        await setTimeout(50);
      }
    })();
    try {
      const { data } = await upload(url.href, fileOf(objects, object));
      const { id } = data.result.job;
      const look = json(
        `{"query":"{ node(id: \\"${id}\\") { ... on Job { state rows(first: 1000) { edges { node { outcome } } } } } }"}`,
      );
      await expect
        .poll(async () => (await send(url.origin, look)).body, { timeout: 200_000, interval: 500 })
        .toMatchObject({ data: { node: { state } } });
    } finally {
      end.abort();
      await looking;
    }
    expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
    const middle = times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
    expect(middle).toBeLessThan(500);
  },
);
