/** The audit trail of the gateway as its users start it. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { json, send } from '../support/http.ts';
import { documentOf, mutationNamed } from '../support/mutations.ts';
import { type Program, spawnGateway } from '../support/process.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'audit.log');
}

const createUser = mutationNamed('createRekognitionUser');
const local = { PORT: '0', LOCAL_AWS_DATA: ':memory:' };
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify({ query: documentOf(createUser), variables: { input: createUser.input } });

test('standard output has the events beside the log, by their type', async () => {
  const gateway = spawnGateway({ ...local, AUDIT: 'stdout' });
  await fetch(await gateway.url, { method: 'POST', headers, body });
  const events = gateway
    .stdout()
    .split('\n')
    .filter(line => line.includes('"type":"audit"'));
  expect(events.map(line => (JSON.parse(line) as { event: string }).event)).toEqual(['intent', 'outcome']);
});

test('there is none with local AWS, unless it is asked for', async () => {
  const gateway = spawnGateway(local);
  await fetch(await gateway.url, { method: 'POST', headers, body });
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(gateway.stdout()).not.toContain('"audit"');
});

test('SIGHUP opens the file anew', async () => {
  const file = temporaryFile();
  const gateway = spawnGateway({ ...local, AUDIT: file });
  await gateway.url;
  renameSync(file, `${file}.1`);
  gateway.child.kill('SIGHUP');
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size, { timeout: 10_000 }).toBe(0);
});

test('a file that cannot be opened ends the start', async () => {
  const gateway = spawnGateway({ ...local, AUDIT: '/dev/null/audit' });
  expect(await gateway.exit).toBe(1);
  expect(gateway.stderr()).toBe('AUDIT="/dev/null/audit" cannot be opened for writing (ENOTDIR).\n');
});

test('Of changes whose lines were to be written together when the disk was full, those whose intents stand are made, and no others', async () => {
  const file = temporaryFile();
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:', AUDIT: file });
  const { origin } = new URL(await gateway.url);
  /** Whether it was made. */
  const create = async (userId: string): Promise<boolean> => {
    const query = `mutation { createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename } }`;
    const { body: answer } = await send(origin, json(JSON.stringify({ query })));
    return JSON.stringify(answer).includes('"CreateRekognitionUserSuccess"');
  };
  const limit = (bytes: string) =>
    promisify(execFile)('prlimit', ['--pid', String(gateway.child.pid), `--fsize=${bytes}:`]);
  // Some dozen lines, and a part of one.
  await limit('4096');
  const userIds = Array.from({ length: 60 }, (_, at) => `user-${at}`);
  const answers = await Promise.all(userIds.map(create));
  const made = userIds.filter((_, at) => answers[at]);
  expect(made.length).toBeGreaterThan(5);
  expect(idsIn(file, 'intent')).toEqual(made.toSorted());

  await limit('unlimited');
  await expect.poll(() => create('last'), { timeout: 10_000 }).toBe(true);
  expect(idsIn(file, 'intent')).toEqual(['last', ...made].toSorted());
  expect(idsIn(file, 'outcome', 'success')).toEqual(['last', ...made].toSorted());
  // Each is told once.
  const told = idsIn(file, 'outcome');
  expect(told).toEqual([...new Set(told)]);
});

/** Whose lines of this kind stand whole in a file. */
function idsIn(file: string, kind: string, wanted?: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.endsWith('}'))
    .map(line => JSON.parse(line) as { event: string; outcome?: string; ids: { userId: string } })
    .filter(({ event, outcome }) => event === kind && (wanted === undefined || outcome === wanted))
    .map(({ ids }) => ids.userId)
    .toSorted();
}

test('Changes are refused, and the gateway goes on and stops, when nobody reads the trail on standard output any more', async () => {
  const gateway = spawnGateway({ ...local, AUDIT: 'stdout' });
  const { origin } = new URL(await gateway.url);
  gateway.child.stdout?.destroy();
  for (let time = 0; time < 3; time += 1) {
    const { body: answer } = await send(origin, json(body));
    expect(answer).toEqual({
      data: { result: expect.objectContaining({ __typename: 'ProviderFailureError' }) },
    });
    expect(await send(origin, { method: 'GET', path: '/health' })).toMatchObject({ status: 200 });
  }
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
});

test('The gateway stops, and all callers are told what is known, when the trail on standard output is not read any more', async () => {
  const gateway = spawnGateway({ ...local, AUDIT: 'stdout', SHUTDOWN_GRACE_MS: '1000' });
  const { origin } = new URL(await gateway.url);
  gateway.child.stdout?.pause();
  await stopWhileFull(gateway, origin);
  expect(await endOf(gateway)).toEqual([0, null]);
}, 60_000);

test('It ends itself when a thread waits for a pipe that is not read, and what is not in the trail is in the log', async () => {
  const fifo = temporaryFile();
  await promisify(execFile)('mkfifo', [fifo]);
  const reader = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(reader));
  const gateway = spawnGateway({ ...local, AUDIT: fifo, SHUTDOWN_GRACE_MS: '1000' });
  const { origin } = new URL(await gateway.url);
  const made = await stopWhileFull(gateway, origin);
  expect(await endOf(gateway)).toEqual([null, 'SIGKILL']);
  const trail = Buffer.alloc(1_000_000);
  const text = trail.toString('utf8', 0, readSync(reader, trail));
  // Those of the log have it as a member of their own.
  const lines = [text, gateway.stdout()].join('\n').split('\n');
  const told = lines.filter(
    line => line.includes('"event":"outcome"') && line.includes('"outcome":"success"'),
  );
  expect(made.length).toBeGreaterThan(50);
  for (const userId of made) expect(told.some(line => line.includes(`"userId":"${userId}"`))).toBe(true);
}, 60_000);

/** Has users made until nothing is answered any more, and the gateway stop. Whose creates succeeded; the others were not made. */
async function stopWhileFull({ child }: Program, origin: string): Promise<readonly string[]> {
  const answers = new Map<string, unknown>();
  const userIds = Array.from({ length: 600 }, (_, at) => `u${at}.`);
  const creates = userIds.map(async userId => {
    const query = `mutation { createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename ... on ProviderFailureError { outcomeUnknown } } }`;
    answers.set(userId, (await send(origin, json(JSON.stringify({ query })))).body);
  });
  let before = -1;
  while (answers.size > before || answers.size === 0) {
    before = answers.size;
    await sleep(2_000);
  }
  expect(answers.size).toBeLessThan(600);
  child.kill('SIGTERM');
  await Promise.all(creates);
  expect(answers.size).toBe(600);
  const told = new Set([...answers.values()].map(answer => JSON.stringify(answer)));
  expect([...told].toSorted()).toEqual([
    '{"data":{"createRekognitionUser":{"__typename":"CreateRekognitionUserSuccess"}}}',
    '{"data":{"createRekognitionUser":{"__typename":"ProviderFailureError","outcomeUnknown":false}}}',
  ]);
  return userIds.filter(userId => JSON.stringify(answers.get(userId)).includes('Success'));
}

/** Its exit code, or the signal that ended it. */
async function endOf({ child }: Program): Promise<unknown> {
  return Promise.race([once(child, 'exit'), sleep(10_000, 'still running')]);
}

test('A bug that nothing handled ends the process when nobody reads its log any more', async () => {
  const module = "process.on('SIGUSR2', () => void Promise.reject(new Error('a bug')));";
  const gateway = spawnGateway({
    ...local,
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(module)}`,
  });
  await gateway.url;
  gateway.child.stdout?.destroy();
  gateway.child.kill('SIGUSR2');
  expect(await gateway.exit).toBe(1);
});
