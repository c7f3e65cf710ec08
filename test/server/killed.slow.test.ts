/** A gateway that is killed in the midst of changes, as when the machine takes its memory: nothing is done behind its back. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { spawnGateway, spawnLocalAws } from '../support/process.ts';

/** For the slowest machines. */
const patience = { timeout: 60_000 };
const headers = { 'content-type': 'application/json' };

interface Line {
  readonly event: string;
  readonly id: string;
  readonly outcome?: string;
  readonly ids: { readonly userId: string };
}

const post = async (url: string, query: string) =>
  (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json() as Promise<{
    // The shape is the document's.
    // oxlint-disable-next-line typescript/no-explicit-any
    data: any;
  }>;

const create = async (url: string, userId: string): Promise<string> => {
  const input = `{collectionId: "employees", userId: "${userId}"}`;
  const { data } = await post(
    url,
    `mutation { result: createRekognitionUser(input: ${input}) { __typename } }`,
  );
  return data.result.__typename;
};

/** The users that there are, besides those of the demo world. */
async function createdIn(url: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let after = 'null';
  for (;;) {
    const { data } = await post(
      url,
      `{ rekognitionCollection(collectionId: "employees") {
           users(first: 1000, after: ${after}) { edges { node { userId } } pageInfo { hasNextPage endCursor } } } }`,
    );
    const { edges, pageInfo } = data.rekognitionCollection.users;
    for (const { node } of edges) if (node.userId.startsWith('user-')) ids.add(node.userId);
    if (!pageInfo.hasNextPage) return ids;
    after = JSON.stringify(pageInfo.endCursor);
  }
}

test('What a killed gateway acknowledged is there and audited, and what it began can be found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const audit = join(folder, 'audit.log');
  const aws = await spawnLocalAws().url;
  // So that there are always some under way.
  const slowly = { effect: { type: 'latency', milliseconds: 200 } };
  const faulty = await fetch(`${aws}/_local-aws/faults`, {
    method: 'POST',
    headers,
    body: JSON.stringify(slowly),
  });
  expect(faulty.status).toBe(201);
  const env = {
    PORT: '0',
    AWS_BACKEND: 'aws',
    AWS_ENDPOINT_URL: aws,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_BUDGETS: 'off',
    AUTH: 'none',
    AUDIT: audit,
  };
  const gateway = spawnGateway(env);
  const url = await gateway.url;
  const acknowledged = new Set<string>();
  const unanswered = new Set<string>();
  let dead = false;
  const work = async (worker: number) => {
    // One after another, and none while the first call is prepared, or all of them could be answered at the moment of the kill.
    await sleep(worker * 12);
    for (let number = 0; !dead; number += 1) {
      const userId = `user-${worker}-${number}`;
      try {
        expect(await create(url, userId)).toBe('CreateRekognitionUserSuccess');
        acknowledged.add(userId);
      } catch {
        unanswered.add(userId);
        dead = true;
      }
    }
  };
  expect(await create(url, 'user-first')).toBe('CreateRekognitionUserSuccess');
  acknowledged.add('user-first');
  const workers = Array.from({ length: 16 }, (_, worker) => work(worker));
  await expect.poll(() => acknowledged.size, patience).toBeGreaterThan(100);
  gateway.child.kill('SIGKILL');
  await Promise.all(workers);
  expect(await gateway.exit).toBe(null);

  const next = await spawnGateway(env).url;
  expect(await create(next, 'user-after')).toBe('CreateRekognitionUserSuccess');
  const created = await createdIn(next);
  expect(acknowledged.difference(created)).toEqual(new Set());
  expect(created.difference(acknowledged.union(unanswered))).toEqual(new Set(['user-after']));

  const texts = readFileSync(audit, 'utf8').split('\n');
  // The kill may have torn the last line, and the next gateway begins one of its own.
  const whole = texts.filter(text => text.endsWith('}')).map(text => JSON.parse(text) as Line);
  expect(texts.filter(text => text !== '' && !text.endsWith('}')).length).toBeLessThanOrEqual(1);
  const usersOf = (event: string) =>
    new Set(whole.filter(line => line.event === event).map(({ ids }) => ids.userId));
  const succeeded = new Set(
    whole.filter(({ outcome }) => outcome === 'success').map(({ ids }) => ids.userId),
  );
  expect(acknowledged.difference(succeeded)).toEqual(new Set());
  // Nothing is there that was not taken down before.
  expect(created.difference(usersOf('intent'))).toEqual(new Set());
  const ended = new Set(whole.filter(({ event }) => event === 'outcome').map(({ id }) => id));
  const open = whole.filter(({ event, id }) => event === 'intent' && !ended.has(id));
  expect(open.length).toBeGreaterThan(0);
  expect(new Set(open.map(({ ids }) => ids.userId)).difference(unanswered)).toEqual(new Set());
}, 120_000);
