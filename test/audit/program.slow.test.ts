/** The audit trail of the gateway as its users start it. */
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { documentOf, mutationNamed } from '../support/mutations.ts';
import { spawnGateway } from '../support/process.ts';

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
