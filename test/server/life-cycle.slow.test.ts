/** A gateway's end: by a signal under load, by an error that nothing handles. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type LocalAws, startLocalAws } from '../../src/local-aws/index.ts';
import { spawnGateway } from '../support/process.ts';

/** For the slowest machines. */
const patience = { timeout: 20_000 };

const local = { PORT: '0', LOCAL_AWS_DATA: ':memory:' };
const headers = { 'content-type': 'application/json' };

const post = (url: string, query: string, signal?: AbortSignal) =>
  fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }), ...(signal && { signal }) });

/** A local AWS that outlives the gateway. */
async function startAws(): Promise<LocalAws> {
  const aws = await startLocalAws();
  onTestFinished(() => aws.stop());
  return aws;
}

const useOf = ({ url }: LocalAws, env: NodeJS.ProcessEnv = {}) => ({
  PORT: '0',
  AWS_BACKEND: 'aws',
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_MAX_ATTEMPTS: '1',
  IDENTITY_STORE_ID: 'd-9067012345',
  AUDIT: 'off',
  AUTH: 'none',
  ...env,
});

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-end-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'audit.log');
}

const createOf = (userId: string) =>
  `mutation { result: createRekognitionUser(input: { collectionId: "employees", userId: "${userId}" }) { __typename ... on Error { message } } }`;

/** What an audit trail tells of what came of changes. */
function outcomeEvents(audit: string) {
  return readFileSync(audit, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { event: string; outcome: string; ids: { userId: string } })
    .filter(({ event }) => event === 'outcome');
}

const outcomesIn = (audit: string) => outcomeEvents(audit).map(({ outcome }) => outcome);

/** The users of a collection, as another gateway sees them. */
async function usersOf(aws: LocalAws): Promise<string[]> {
  const gateway = spawnGateway(useOf(aws));
  const query =
    '{ rekognitionCollection(collectionId: "employees") { users(first: 1000) { edges { node { userId } } } } }';
  const { data } = (await (await post(await gateway.url, query)).json()) as {
    data: { rekognitionCollection: { users: { edges: { node: { userId: string } }[] } } };
  };
  return data.rekognitionCollection.users.edges.map(({ node }) => node.userId);
}

test('Told to stop, it says first that it is not ready, and serves on for a while', async () => {
  const gateway = spawnGateway({ ...local, SHUTDOWN_DELAY_MS: '2000' });
  const url = await gateway.url;
  gateway.child.kill('SIGTERM');
  await expect.poll(gateway.stdout, patience).toContain('Stopping: ');
  expect((await fetch(new URL('/health', url))).status).toBe(503);
  expect(await (await post(url, '{ __typename }')).json()).toEqual({ data: { __typename: 'Query' } });
  expect(await gateway.exit).toBe(0);
});

test('A second signal ends it at once, also while it only says that it is not ready', async () => {
  const gateway = spawnGateway({ ...local, SHUTDOWN_DELAY_MS: '60000' });
  await gateway.url;
  gateway.child.kill('SIGTERM');
  await expect.poll(gateway.stdout, patience).toContain('Stopping: ');
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(1);
});

test('A rejection that nothing handles is logged and ends the process', async () => {
  const module = "process.on('SIGUSR2', () => { Promise.reject(new Error('nobody waits for it')); });";
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(module)}`;
  const gateway = spawnGateway({ ...local, NODE_OPTIONS });
  await gateway.url;
  gateway.child.kill('SIGUSR2');
  expect(await gateway.exit).toBe(1);
  const line = gateway
    .stdout()
    .split('\n')
    .find(text => text.includes('"level":60'));
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 60,
    err: { type: 'Error' },
    msg: 'The process ends: its state is unknown after an error that nothing handled.',
  });
});

test('Under load, what was acknowledged is there once, and what was cut is told as unknown', async () => {
  const aws = await startAws();
  aws.faults.add({ effect: { type: 'latency', milliseconds: 50 } });
  const audit = temporaryFile();
  const gateway = spawnGateway(useOf(aws, { AUDIT: audit, AWS_BUDGETS: 'off', SHUTDOWN_GRACE_MS: '1500' }));
  const url = await gateway.url;
  const answers = new Map<string, string>();
  const unanswered: string[] = [];
  let stopped = false;
  const work = async (worker: number) => {
    for (let number = 0; !stopped; number += 1) {
      const userId = `user-${worker}-${number}`;
      try {
        const { data } = (await (await post(url, createOf(userId))).json()) as {
          data: { result: { __typename: string; message?: string } };
        };
        answers.set(userId, data.result.message ?? data.result.__typename);
      } catch {
        unanswered.push(userId);
        stopped = true;
      }
    }
  };
  const workers = Array.from({ length: 16 }, (_, worker) => work(worker));
  await expect.poll(() => answers.size, patience).toBeGreaterThan(50);
  // What AWS takes too long for is cut at the end of the grace.
  aws.faults.clear();
  aws.faults.add({ times: 3, effect: { type: 'latency', milliseconds: 5_000 } });
  aws.faults.add({ effect: { type: 'latency', milliseconds: 50 } });
  await sleep(100);
  gateway.child.kill('SIGTERM');
  await Promise.all(workers);
  expect(await gateway.exit).toBe(0);

  const success = [...answers]
    .filter(([, text]) => text === 'CreateRekognitionUserSuccess')
    .map(([id]) => id);
  const others = [...answers].filter(([id]) => !success.includes(id));
  const unknown = others.filter(([, text]) => text.includes('The outcome is unknown')).map(([id]) => id);
  expect(others.map(([id]) => id)).toEqual(unknown);
  expect(unknown).toHaveLength(3);
  const there = await usersOf(aws);
  const created = there.filter(id => id.startsWith('user-'));
  expect(new Set(created).size).toBe(created.length);
  expect(new Set(success).difference(new Set(created))).toEqual(new Set());
  expect(new Set(created).difference(new Set([...success, ...unknown]))).toEqual(new Set());
  expect(unanswered.filter(id => created.includes(id))).toEqual([]);

  const outcomes = outcomeEvents(audit);
  const audited = (wanted: string) =>
    new Set(outcomes.filter(({ outcome }) => outcome === wanted).map(({ ids }) => ids.userId));
  expect(audited('success')).toEqual(new Set(success));
  expect(audited('unknown')).toEqual(new Set(unknown));
});

test('A change is finished although its client has left', async () => {
  const aws = await startAws();
  const audit = temporaryFile();
  const gateway = spawnGateway(useOf(aws, { AUDIT: audit }));
  const url = await gateway.url;
  aws.faults.add({ effect: { type: 'latency', milliseconds: 1_500 } });
  const leaving = new AbortController();
  const request = post(url, createOf('left-alone'), leaving.signal).catch(() => 'left');
  await expect.poll(() => aws.requests.list(), patience).toHaveLength(1);
  leaving.abort();
  expect(await request).toBe('left');
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(readFileSync(audit, 'utf8')).toContain('"outcome":"success"');
});

const chimeUser =
  'mutation { result: createChimeUser(input: { accountId: "3f2b8a4e-6c1d-4e0f-9a7b-5d2c1e8f0a93", email: "late@example.com" }) { __typename ... on Error { message } } }';
const unknown =
  'The outcome is unknown: the change may or may not have been made. Look before you repeat it.';

test('A change that waits when the grace is over, to be looked for or repeated, is told of, and taken down', async () => {
  const aws = await startAws();
  const audit = temporaryFile();
  const gateway = spawnGateway(
    useOf(aws, {
      AUDIT: audit,
      AWS_MAX_ATTEMPTS: '3',
      AWS_BREAKER_FAILURES: '0',
      SETTLE_TIMEOUT_MS: '60000',
      // The pauses have got as long as they get, longer than it takes to tell.
      SHUTDOWN_GRACE_MS: '4000',
    }),
  );
  const url = await gateway.url;
  const lost = 'broke the connection before its answer was complete.';
  const waits = [
    {
      fault: { service: 'chime', effect: { type: 'drop', when: 'before' } },
      query: chimeUser,
      typename: 'ProviderFailureError',
      message: `Amazon Chime ${lost} ${unknown}`,
      outcome: 'unknown',
    },
    {
      fault: { operation: 'CreateUser', service: 'rekognition', effect: { type: 'drop', when: 'after' } },
      query: createOf('late'),
      typename: 'ProviderFailureError',
      message: `Amazon Rekognition ${lost} ${unknown}`,
      outcome: 'unknown',
    },
    {
      fault: { operation: 'CreateCollection', effect: { type: 'throttle', retryAfterSeconds: 15 } },
      query:
        'mutation { result: createRekognitionCollection(input: { collectionId: "late" }) { __typename ... on Error { message } } }',
      typename: 'ThrottledError',
      message: 'Amazon Rekognition takes no more requests at this rate. Try again later.',
      outcome: 'refused',
    },
  ] as const;
  for (const { fault } of waits) aws.faults.add(fault);
  const answers = waits.map(async ({ query }) => (await post(url, query)).json());
  await expect.poll(() => aws.requests.list().length, patience).toBeGreaterThanOrEqual(waits.length);
  gateway.child.kill('SIGTERM');
  expect(await Promise.all(answers)).toEqual(
    waits.map(({ typename, message }) => ({ data: { result: { __typename: typename, message } } })),
  );
  expect(await gateway.exit).toBe(0);
  expect(outcomesIn(audit).toSorted()).toEqual(waits.map(({ outcome }) => outcome).toSorted());
});

test('A change that waits for credentials when the grace is over was not made', async () => {
  const aws = await startAws();
  const [audit, profile] = [temporaryFile(), temporaryFile()];
  writeFileSync(profile, '[default]\ncredential_process = sleep 60\n');
  const gateway = spawnGateway(
    useOf(aws, {
      AUDIT: audit,
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_CONFIG_FILE: profile,
      SHUTDOWN_GRACE_MS: '1000',
    }),
  );
  const answer = post(await gateway.url, chimeUser);
  await expect.poll(() => readFileSync(audit, 'utf8'), patience).toContain('"event":"intent"');
  gateway.child.kill('SIGTERM');
  expect(await (await answer).json()).toEqual({
    data: {
      result: {
        __typename: 'ProviderFailureError',
        message:
          'Amazon Chime was not called any more, because the client had left or this gateway stopped. Nothing was changed.',
      },
    },
  });
  expect(await gateway.exit).toBe(0);
  expect(outcomesIn(audit)).toEqual(['refused']);
  expect(aws.requests.list()).toEqual([]);
});

test('A second signal under load ends it with 1, and nothing is said of a bug', async () => {
  const aws = await startAws();
  aws.faults.add({ effect: { type: 'latency', milliseconds: 200 } });
  // Writing the end of the log takes a while, on this disk.
  const module =
    "import fs from 'node:fs'; const { fsync } = fs; fs.fsync = (...to) => setTimeout(fsync, 300, ...to);";
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(module)}`;
  const gateway = spawnGateway(useOf(aws, { AWS_BUDGETS: 'off', NODE_OPTIONS }));
  const url = await gateway.url;
  const work = async (worker: number) => {
    // At any time, some have their answers.
    await sleep(worker * 4);
    for (let number = 0; ; number += 1) await (await post(url, createOf(`${worker}-${number}`))).text();
  };
  const workers = Array.from({ length: 60 }, (_, worker) => work(worker).catch(() => 'ended'));
  await sleep(300);
  gateway.child.kill('SIGTERM');
  await expect.poll(gateway.stdout, patience).toContain('Stopping: ');
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(1);
  await Promise.all(workers);
  expect(gateway.stderr()).toBe('');
});

test('One that has nothing to do ends as soon as its log is written', async () => {
  let shortest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time += 1) {
    const gateway = spawnGateway(local);
    await gateway.url;
    const since = performance.now();
    gateway.child.kill('SIGTERM');
    expect(await gateway.exit).toBe(0);
    shortest = Math.min(shortest, performance.now() - since);
  }
  // It would be as long as it may take to write the log.
  expect(shortest).toBeLessThan(450);
});
