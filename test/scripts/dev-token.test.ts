/** Tokens to try with, from the command line to the gateway that takes them. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spawnGateway } from '../support/process.ts';
import { ask, withToken } from '../support/tokens.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dev-token-'));
});
afterAll(() => rm(folder, { recursive: true }));

function devToken(...args: readonly string[]) {
  return new Promise<{ code: number; stdout: string; stderr: string }>(done => {
    execFile(
      process.execPath,
      [resolve('scripts/dev-token.ts'), ...args],
      { cwd: folder },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function outcome(url: string, token: string, document: string) {
  const { status, body } = await ask({ url }, withToken(token), document);
  return { status, body };
}

const reading = '{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }';
const denied = { status: 200, body: { errors: [{ extensions: { code: 'ACCESS_DENIED' } }] } };

it('a gateway with AUTH=dev takes them, for the scopes and resources that were asked for', async () => {
  const env = { PORT: '0', LOCAL_AWS_DATA: ':memory:', AUTH: 'dev' };
  const gateway = spawnGateway(env, resolve('src/main.ts'), folder);
  const url = (await gateway.url).replace('/graphql', '');
  expect(gateway.stdout()).toContain('Callers need a token: npm run -s dev-token -- --scopes "*"\n');
  const { stdout: reader, stderr } = await devToken('--scopes', 'rekognition:*:read, chime:*:*');
  expect(stderr).toBe('');
  expect(reader).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  expect(await outcome(url, reader.trim(), reading)).toEqual({
    status: 200,
    body: { data: { rekognitionUser: { userId: 'ada' } } },
  });
  expect(await outcome(url, reader.trim(), '{ identityStoreUsers { edges { cursor } } }')).toMatchObject(
    denied,
  );
  const { stdout: bounded } = await devToken(
    '--scopes',
    '*',
    '--resources',
    'rekognition:collection/visitors',
  );
  expect(await outcome(url, bounded.trim(), reading)).toMatchObject(denied);
  expect(await outcome(url, '', reading)).toMatchObject({ status: 401 });

  const claims = JSON.parse(Buffer.from(reader.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ sub: 'developer', scope: 'rekognition:*:read chime:*:*' });
  expect(claims.exp - claims.iat).toBe(12 * 3_600);
  const key = await stat(join(folder, '.dev-issuer/private-key.json'));
  const kept = await stat(join(folder, '.dev-issuer'));
  expect([key.mode & 0o777, kept.mode & 0o777]).toEqual([0o600, 0o700]);
});

it.each<[string, readonly string[], string]>([
  ['no scopes', [], 'The token needs scopes.'],
  [
    'half a scope',
    ['--scopes', '* rekognition:users'],
    '"rekognition:users" is no scope, such as rekognition:users:create, with * at any level.',
  ],
  ['no time', ['--scopes', '*', '--hours', '0'], 'The hours are a whole number from 1 to 9999.'],
  ['what does not exist', ['--scope', '*'], "Unknown option '--scope'"],
])('who asks for %s is told how to ask', async (_what, args, message) => {
  const { code, stdout, stderr } = await devToken(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.startsWith(`${message}\nUsage: npm run -s dev-token -- --scopes `)).toBe(true);
});
