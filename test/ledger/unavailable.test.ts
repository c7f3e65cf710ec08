/** Keys when their database is of no use, is not wanted, or is not needed. */
import { randomUUID } from 'node:crypto';
import { access, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { startTestGateway } from '../support/gateway.ts';
import { documentOf, mutationNamed } from '../support/mutations.ts';

const create = mutationNamed('createIdentityStoreUser');
const secret = randomUUID();

async function started(env: NodeJS.ProcessEnv) {
  const gateway = await startTestGateway(env);
  onTestFinished(() => gateway.stop());
  const run = async (further: object = {}) =>
    (await gateway.query(documentOf(create), { input: { ...create.input, ...further } })) as {
      data: { result: object };
      extensions?: object;
    };
  return { gateway, run };
}

describe('A gateway whose database cannot be reached', () => {
  // Port 1 of this machine has no server.
  const env = { DATABASE_URL: 'postgres://somebody:password@127.0.0.1:1/nothing', DATABASE_SECRET: secret };

  test('refuses what has a key before it is called, and tells its operator why', async () => {
    const { gateway, run } = await started(env);
    expect(await run({ idempotencyKey: randomUUID() })).toMatchObject({
      data: {
        result: {
          __typename: 'ProviderFailureError',
          message:
            'This gateway cannot use its database, which remembers what was done under an idempotencyKey. Nothing was changed.',
          retryable: true,
          providerCode: null,
        },
      },
    });
    expect(gateway.calls()).toEqual([]);
    expect(gateway.log).toContainEqual(
      expect.objectContaining({ level: 40, msg: 'The database could not be used.' }),
    );
    expect(JSON.stringify(gateway.log)).not.toContain('somebody:password');
  });

  test('performs what has no key', async () => {
    const { run } = await started(env);
    expect(await run()).toEqual({ data: { result: { __typename: 'CreateIdentityStoreUserSuccess' } } });
  });
});

test('Without IDEMPOTENCY_HOURS, a repeat under a key is another change', async () => {
  const { run } = await started({ IDEMPOTENCY_HOURS: '0' });
  const further = { idempotencyKey: randomUUID() };
  expect(await run(further)).toEqual({ data: { result: { __typename: 'CreateIdentityStoreUserSuccess' } } });
  expect(await run(further)).toMatchObject({ data: { result: { __typename: 'ConflictError' } } });
});

test('An embedded database is not begun before the first key comes', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'vestibule-')), 'database');
  const { run } = await started({ DATABASE_URL: '', DATABASE_SECRET: '', DATABASE_FOLDER: folder });
  await run();
  await expect(access(folder)).rejects.toThrow('ENOENT');
});

test('A folder that cannot hold an embedded database is told to the operator', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'vestibule-')), 'file');
  await writeFile(file, '');
  const { gateway, run } = await started({ DATABASE_URL: '', DATABASE_SECRET: '', DATABASE_FOLDER: file });
  expect(await run({ idempotencyKey: randomUUID() })).toMatchObject({
    data: { result: { __typename: 'ProviderFailureError' } },
  });
  expect(JSON.stringify(gateway.log)).toContain(`cannot be set up in ${file}`);
});

const read = (env: NodeJS.ProcessEnv) => () => readConfig(env);

describe('At the start,', () => {
  test('a server without a secret is refused', () => {
    expect(read({ DATABASE_URL: 'postgres://db.example.com/vestibule' })).toThrow(
      'DATABASE_URL needs DATABASE_SECRET: a text of 32 characters or more, the same for all gateways that share the database.',
    );
  });

  test('a wrong URL or secret is refused, and not shown', () => {
    const env = { DATABASE_URL: 'mysql://me:private@db.example.com', DATABASE_SECRET: 'private' };
    expect(read(env)).toThrow(
      'DATABASE_URL is wrong: it must be a URL such as postgres://user:password@db.example.com:5432/vestibule.\n' +
        'DATABASE_SECRET is wrong: it must be a text of 32 characters or more.',
    );
  });
});
