import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-rekognition';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Quotas } from '../../src/aws/models/quotas.ts';
import { readConfig } from '../../src/local-aws/config.ts';
import { startLocalAws } from '../../src/local-aws/index.ts';
import { sdkClients } from '../support/local-aws-clients.ts';
import { signalledAfter } from '../support/process.ts';

const program = join(import.meta.dirname, '../../src/local-aws/main.ts');
const CollectionId = 'employees';
let folder: string;
let children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-aws-'));
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await rm(folder, { recursive: true });
});

function run(variables: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
  });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', data => (output.stdout += String(data)));
  child.stderr.on('data', data => (output.stderr += String(data)));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  const started = (async () => {
    while (!output.stdout.includes('Try:')) await new Promise(resolve => setTimeout(resolve, 10));
    const url = /is at (http:\S+)/.exec(output.stdout)?.[1] ?? '';
    return { url, ...sdkClients({ url }), output };
  })();
  return { child, ended, started };
}

test('the program says where it is, keeps its state through kill -9, and ends on SIGTERM', async () => {
  const first = run({ LOCAL_AWS_PORT: '0' });
  const { rekognition, output, url } = await first.started;
  expect(output.stdout).toBe(`Local AWS (Rekognition, Identity Store, Chime, Chime SDK Identity) is at ${url}
State: ${join(folder, '.local-aws')}
Try:   AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 aws rekognition list-users --collection-id employees
`);
  await rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'barbara' }));
  first.child.kill('SIGKILL');
  await first.ended;

  const second = run({ LOCAL_AWS_PORT: '0' });
  const again = await second.started;
  const { Users } = await again.rekognition.send(new ListUsersCommand({ CollectionId }));
  expect(Users?.map(({ UserId }) => UserId)).toEqual(['ada', 'grace', 'alan', 'barbara']);

  const third = await run({ LOCAL_AWS_PORT: '0' }).ended;
  expect(third).toMatchObject({ code: 1, stdout: '' });
  expect(third.stderr).toBe(
    `LOCAL_AWS_DATA=".local-aws" is in use: another local AWS, at ${again.url}, keeps its state in ${join(folder, '.local-aws/state.db')}. Use or stop that one, or set LOCAL_AWS_DATA to another folder, or to :memory:.\n`,
  );

  second.child.kill('SIGTERM');
  expect(await second.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
});

test('the program says what it added to the state of an older version', async () => {
  const first = run({ LOCAL_AWS_PORT: '0' });
  await first.started;
  first.child.kill('SIGTERM');
  await first.ended;
  const file = new DatabaseSync(join(folder, '.local-aws/state.db'));
  file.exec('DROP TABLE seeds; DROP TABLE identitystore_memberships; DROP TABLE identitystore_users');
  file.close();
  const { output } = await run({ LOCAL_AWS_PORT: '0' }).started;
  expect(output.stdout.split('\n').slice(1, 3)).toEqual([
    `State: ${join(folder, '.local-aws')}`,
    'Added: users of the identity store d-9067012345, memberships in groups of the identity store d-9067012345, which the version that made this state did not have',
  ]);
});

test('the program writes nothing to disk when its state is in memory', async () => {
  const { child, started, ended } = run({ LOCAL_AWS_PORT: '0', LOCAL_AWS_DATA: ':memory:' });
  expect((await started).output.stdout).toContain('State: in memory, gone when this stops');
  expect(existsSync(join(folder, '.local-aws'))).toBe(false);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('the program ends with 0 on a signal that comes with its address', async () => {
  const { ended } = run({ LOCAL_AWS_PORT: '0', NODE_OPTIONS: signalledAfter('is at http') });
  expect(await ended).toMatchObject({ code: 0, signal: null, stderr: '' });
});

test('the program refuses a busy port or a wrong variable in one line', async () => {
  const local = await startLocalAws();
  const busy = await run({ LOCAL_AWS_PORT: String(local.port) }).ended;
  await local.stop();
  // The port comes first.
  expect(existsSync(join(folder, '.local-aws'))).toBe(false);
  expect(busy).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr: `Port ${local.port} on 127.0.0.1 is in use; choose another one with LOCAL_AWS_PORT.\n`,
  });
  const wrong = await run({ LOCAL_AWS_PORT: 'http', IDENTITY_STORE_ID: 'mine' }).ended;
  expect(wrong).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr:
      'LOCAL_AWS_PORT must be a port number from 0 to 65535; IDENTITY_STORE_ID must be "d-" and ten hexadecimal digits, or a UUID, in lower case\n',
  });
});

describe('the settings', () => {
  test('have defaults, also for variables that are empty', () => {
    const quotas = new Quotas(false);
    const defaults = { host: '127.0.0.1', port: 4566, data: '.local-aws', identityStores: [], quotas };
    expect(readConfig({})).toEqual(defaults);
    expect(readConfig({ LOCAL_AWS_PORT: '', LOCAL_AWS_HOST: '', IDENTITY_STORE_ID: '' })).toEqual(defaults);
  });

  test('come from the environment', () => {
    const environment = {
      LOCAL_AWS_HOST: '0.0.0.0',
      LOCAL_AWS_PORT: '65535',
      LOCAL_AWS_DATA: ':memory:',
      IDENTITY_STORE_ID: 'd-1234567890',
      LOCAL_AWS_QUOTAS: 'aws',
    };
    expect(readConfig(environment)).toEqual({
      host: '0.0.0.0',
      port: 65535,
      data: ':memory:',
      identityStores: ['d-1234567890'],
      quotas: new Quotas(true),
    });
  });

  test.each(['65536', '-1', '80.5', 'http', ' '])('refuse the port "%s"', value => {
    expect(() => readConfig({ LOCAL_AWS_PORT: value })).toThrow(
      'LOCAL_AWS_PORT must be a port number from 0 to 65535',
    );
  });
});
