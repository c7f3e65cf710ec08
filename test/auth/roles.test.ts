/** Roles and groups, to which a file gives scopes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { startTestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { ask, withToken } from '../support/tokens.ts';

const providerIds = providers.map(({ id }) => id);
let issuer: TestIssuer;
let folder: string;
beforeAll(async () => {
  issuer = await startIssuer();
  folder = await mkdtemp(join(tmpdir(), 'roles-'));
});
afterAll(async () => {
  await issuer.stop();
  await rm(folder, { recursive: true });
});

async function start(content: string, env: NodeJS.ProcessEnv = {}) {
  const file = join(folder, 'scopes.json');
  await writeFile(file, content);
  const gateway = await startTestGateway({ ...issuer.env, SCOPES_FILE: file, ...env });
  onTestFinished(() => gateway.stop());
  return async (claims: object) => {
    const document = '{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }';
    return (await ask(gateway, withToken(await issuer.token({ ...claims })), document)).body;
  };
}

const mayRead = { data: { rekognitionUser: { userId: 'ada' } } };
const mayNot = { data: { rekognitionUser: null }, errors: [{ extensions: { code: 'ACCESS_DENIED' } }] };

const file = JSON.stringify({
  auditor: ['audit:read', 'jobs:*', '*:read'],
  'HR Admins': ['rekognition:users:*'],
  reader: ['*:*:read'],
  guest: [],
});

describe('roles', () => {
  it.each<[string, object, object]>([
    ['in a list', { roles: ['guest', 'HR Admins'] }, mayRead],
    ['as one text', { roles: 'guest reader' }, mayRead],
    ['called groups', { groups: ['reader'] }, mayRead],
    ['beside scopes', { roles: ['guest'], scope: 'rekognition:users:read' }, mayRead],
    ['of which the file knows none', { roles: ['admin'] }, mayNot],
    ['that have no scopes', { roles: ['guest'] }, mayNot],
    ['that are names of what every object has', { roles: ['constructor', '__proto__', 'toString'] }, mayNot],
    ['of which one has a scope of the gateway itself', { roles: ['auditor'] }, mayNot],
    ['that look like scopes', { roles: ['*', 'rekognition:users:read'] }, mayNot],
    ['in a claim that is not asked', { realm_access: { roles: ['reader'] } }, mayNot],
  ])('%s', async (_what, claims, outcome) => {
    const read = await start(file);
    expect(await read(claims)).toMatchObject(outcome);
  });

  it('are found inside of a claim, where that is configured', async () => {
    const read = await start(file, { OIDC_ROLES_CLAIM: 'realm_access.roles' });
    expect(await read({ realm_access: { roles: ['reader'] } })).toMatchObject(mayRead);
    expect(await read({ roles: ['reader'] })).toMatchObject(mayNot);
  });
});

describe('a file of scopes that is wrong ends the start', () => {
  it.each<[string, string, string]>([
    ['that is not JSON', '{', 'it is not JSON.'],
    ['that is a list', '[]', 'the whole must be a list of scopes for each role.'],
    ['with one scope in place of a list', '{"a": "*"}', '"a" must be a list of scopes for each role.'],
    [
      'with half a scope',
      '{"a": ["*", "rekognition:users"]}',
      '"a", at 1 must be a scope, such as rekognition:users:create, with * at any level.',
    ],
    [
      'with a provider that does not exist',
      '{"a": ["rekognitoin:users:read"]}',
      `"a", at 0 must begin with one of ${providerIds.join(', ')}, audit, jobs, or *.`,
    ],
  ])('%s', async (_what, content, message) => {
    await expect(start(content)).rejects.toThrow(
      `SCOPES_FILE=${JSON.stringify(join(folder, 'scopes.json'))} is wrong: ${message}`,
    );
  });

  it('that is not there', async () => {
    await expect(start(file, { SCOPES_FILE: '/nowhere/scopes.json' })).rejects.toThrow(
      'SCOPES_FILE="/nowhere/scopes.json" is wrong: it cannot be read (ENOENT).',
    );
  });
});
