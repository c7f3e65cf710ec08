import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { connectTo } from '../support/connection.ts';
import { signalledAfter, spawnGateway } from '../support/process.ts';

const local = { PORT: '0', LOCAL_AWS_DATA: ':memory:' };
const providerIds = providers.map(({ id }) => id).join(', ');

async function refusal(env: NodeJS.ProcessEnv) {
  const gateway = spawnGateway({ ...local, ...env });
  const code = await gateway.exit;
  return { code, stdout: gateway.stdout(), stderr: gateway.stderr() };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A port of 127.0.0.1 at which another program listens. */
async function usedPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  return (other.address() as AddressInfo).port;
}

describe('a gateway that cannot start says why and exits with 1', () => {
  it('names every variable that is wrong, a line each', async () => {
    const wrong = {
      PORT: '70000',
      CORS_ORIGINS: 'localhost:5173',
      AWS_BACKEND: 'azure',
      PROVIDERS: 'rekognition,cognito',
      IDENTITY_STORE_ID: 'd-1',
      LOCAL_AWS_PORT: '1e3',
      LOG_LEVEL: 'loud',
      AUTH: 'basic',
      OIDC_ISSUER: 'http://issuer.example',
      OIDC_ALGORITHMS: 'RS256,HS256',
      GRAPHIQL: 'yes',
      AWS_TIMEOUT_MS: '0',
      MAX_ANSWER_BYTES: '10MB',
      PROTECTED_USERS: 'admin-*,',
    };
    expect(await refusal(wrong)).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'PORT="70000" is wrong: it must be a whole number from 0 to 65535.',
        'CORS_ORIGINS="localhost:5173" is wrong: it must be a list, separated by commas, of origins such as https://app.example.com or http://localhost:5173; "localhost:5173" is none.',
        'LOG_LEVEL="loud" is wrong: it must be one of trace, debug, info, warn, error, fatal, silent.',
        'AUTH="basic" is wrong: it must be one of oidc, dev, none.',
        'OIDC_ISSUER="http://issuer.example" is wrong: it must be an address that begins with https://, or with http:// on a loopback address.',
        'OIDC_ALGORITHMS="RS256,HS256" is wrong: it must be a list, separated by commas, of some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA.',
        'GRAPHIQL="yes" is wrong: it must be one of on, off.',
        'AWS_BACKEND="azure" is wrong: it must be one of local, aws.',
        `PROVIDERS="rekognition,cognito" is wrong: it must be a list, separated by commas, of some of ${providerIds}.`,
        'AWS_TIMEOUT_MS="0" is wrong: it must be a whole number from 1 to 2147483647.',
        'IDENTITY_STORE_ID="d-1" is wrong: it must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case.',
        'MAX_ANSWER_BYTES="10MB" is wrong: it must be a whole number from 1024 to 268435456.',
        'PROTECTED_USERS="admin-*," is wrong: it must be patterns, separated by commas; one of them is empty.',
        'LOCAL_AWS_PORT="1e3" is wrong: it must be a whole number from 0 to 65535.',
        '',
      ].join('\n'),
    });
  });

  it('refuses an empty name in the list of providers', async () => {
    expect(await refusal({ PROVIDERS: 'rekognition,,chime' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `PROVIDERS="rekognition,,chime" is wrong: it must be a list, separated by commas, of some of ${providerIds}.\n`,
    });
  });

  it('names a port that is in use', async () => {
    const port = await usedPort();
    expect(await refusal({ PORT: String(port) })).toEqual({
      code: 1,
      stdout: '',
      stderr: `PORT=${port} is in use on 127.0.0.1. Stop what uses it, or set PORT to another.\n`,
    });
  });

  it('names an address that is not of this machine', async () => {
    expect(await refusal({ HOST: '203.0.113.7', AUTH: 'none' })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'HOST="203.0.113.7" is not an address of this machine.\n',
    });
  });

  it('asks for a region when AWS is meant and none is configured', async () => {
    expect(await refusal({ AWS_BACKEND: 'aws', AUTH: 'none' })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'No AWS region is configured: set AWS_REGION, or a region in the AWS profile in use.\n',
    });
  });

  it.each(['us-east-1 ', '"us-east-1"', 'US-EAST-1', 'us_east_1', 'a'.repeat(64)])(
    'names a wrong region: %s',
    async region => {
      expect(await refusal({ AWS_BACKEND: 'aws', AUTH: 'none', AWS_REGION: region })).toEqual({
        code: 1,
        stdout: '',
        stderr: `AWS_REGION=${JSON.stringify(region)} is wrong: it must be the name of a region, such as eu-west-1, and nothing else.\n`,
      });
    },
  );

  it.each(['localhost', 'localhost:4566', 'ftp://localhost', 'http://'])(
    'names an endpoint that no request can go to: %s',
    async endpoint => {
      const env = {
        AWS_BACKEND: 'aws',
        AUTH: 'none',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_CHIME: endpoint,
      };
      expect(await refusal(env)).toEqual({
        code: 1,
        stdout: '',
        stderr: `AWS_ENDPOINT_URL_CHIME="${endpoint}" is wrong: it must be a URL that begins with http:// or https://.\n`,
      });
    },
  );

  const choices = 'Set AUTH=oidc with OIDC_ISSUER and OIDC_AUDIENCE, or AUTH=none to let everybody in.';

  it.each<[string, NodeJS.ProcessEnv, string]>([
    [
      'real AWS',
      { AWS_BACKEND: 'aws' },
      `AUTH is not set, and AWS_BACKEND=aws reaches real users. ${choices}`,
    ],
    [
      'an address of others',
      { HOST: '0.0.0.0' },
      `AUTH is not set, and on HOST=0.0.0.0, others can reach this gateway. ${choices}`,
    ],
    [
      'an issuer that nobody asks',
      { OIDC_ISSUER: 'https://issuer.example' },
      `OIDC_ISSUER is set, and AUTH is not. ${choices}`,
    ],
    [
      'tokens of an issuer without a name',
      { AUTH: 'oidc', OIDC_ISSUER: 'https://issuer.example' },
      'AUTH=oidc needs OIDC_ISSUER, the address of the issuer of the tokens, and OIDC_AUDIENCE, the name that this API has there.',
    ],
    [
      'tokens to try with, and real AWS',
      { AUTH: 'dev', AWS_BACKEND: 'aws' },
      'AUTH=dev is for local AWS on a loopback address: set AUTH=oidc or AUTH=none.',
    ],
    [
      'tokens to try with, and an address of others',
      { AUTH: 'dev', HOST: '0.0.0.0' },
      'AUTH=dev is for local AWS on a loopback address: set AUTH=oidc or AUTH=none.',
    ],
  ])('asks who may call: %s', async (_case, env, line) => {
    expect(await refusal(env)).toEqual({ code: 1, stdout: '', stderr: `${line}\n` });
  });

  it('names the folder that another gateway uses, the setting, and how to use its local AWS', async () => {
    const folder = temporaryFolder();
    const first = spawnGateway({ ...local, LOCAL_AWS_DATA: folder });
    await first.url;
    const address = /^Local AWS listens at (\S+)/m.exec(first.stdout())?.[1];
    const env = { LOCAL_AWS_DATA: folder, AWS_REGION: 'eu-west-1', IDENTITY_STORE_ID: 'd-1234567890' };
    expect(await refusal(env)).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        `LOCAL_AWS_DATA="${folder}" is in use: another local AWS, at ${address}, keeps its state in ${join(folder, 'state.db')}. Use or stop that one, or set LOCAL_AWS_DATA to another folder, or to :memory:.`,
        `To use that one: AWS_BACKEND=aws AUTH=none AWS_ENDPOINT_URL=${address} AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local IDENTITY_STORE_ID=d-1234567890`,
        '',
      ].join('\n'),
    });
  });

  it('names a folder that cannot hold the state of local AWS', async () => {
    expect(await refusal({ LOCAL_AWS_DATA: '/dev/null/state' })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'LOCAL_AWS_DATA="/dev/null/state" cannot hold the state of local AWS: /dev/null is no folder. Set LOCAL_AWS_DATA to another folder, or to :memory:.\n',
    });
  });

  it.each(['PORT', 'LOCAL_AWS_PORT'])('makes no folder when %s is in use', async setting => {
    const folder = join(temporaryFolder(), 'state');
    const port = await usedPort();
    const { code, stderr } = await refusal({ LOCAL_AWS_DATA: folder, [setting]: String(port) });
    expect({ code, words: stderr }).toEqual({ code: 1, words: expect.stringContaining(`${port}`) });
    expect(existsSync(folder)).toBe(false);
  });

  it('says nothing of its folder, which the gateway at the same port uses, but names the port', async () => {
    const folder = temporaryFolder();
    const port = new URL(await spawnGateway({ ...local, LOCAL_AWS_DATA: folder }).url).port;
    expect(await refusal({ LOCAL_AWS_DATA: folder, PORT: port })).toEqual({
      code: 1,
      stdout: '',
      stderr: `PORT=${port} is in use on 127.0.0.1. Stop what uses it, or set PORT to another.\n`,
    });
  });
});

describe('a gateway that has started', () => {
  it('says what runs where, and gives a command that works as it is', async () => {
    const gateway = spawnGateway({ ...local, AWS_REGION: 'eu-west-1' });
    const url = await gateway.url;
    const text = gateway.stdout();
    const localAws = /^Local AWS listens at (http:\/\/127\.0\.0\.1:\d+) /m.exec(text)?.[1];
    const command = /^ {2}(curl .*)$/m.exec(text)?.[1] ?? '';
    expect(text).toBe(
      [
        `Vestibule is running at ${url} (open it in a browser for GraphiQL).`,
        'Everybody who reaches it may call (AUTH=none).',
        '',
        ...providers.map(
          ({ name, notice }) =>
            `  ${name}: local AWS, region eu-west-1${notice === undefined ? '' : `. ${notice}`}`,
        ),
        '',
        `Local AWS listens at ${localAws} and keeps its state in memory only, until the gateway stops.`,
        '',
        'Try it:',
        '',
        `  ${command}`,
        '',
        '',
      ].join('\n'),
    );
    const shell = promisify(execFile);
    const first = await shell('bash', ['-c', command]);
    expect(JSON.parse(first.stdout)).toMatchObject({
      data: {
        createRekognitionUser: {
          __typename: 'CreateRekognitionUserSuccess',
          user: { userId: 'katherine', userStatus: 'CREATED' },
        },
      },
    });
    const second = await shell('bash', ['-c', command]);
    expect(JSON.parse(second.stdout)).toMatchObject({
      data: { createRekognitionUser: { __typename: 'ConflictError', code: 'CONFLICT' } },
    });
  });

  it('leaves out the providers that are switched off, and tries another one', async () => {
    const gateway = spawnGateway({ ...local, PROVIDERS: 'chime' });
    await gateway.url;
    expect(gateway.stdout()).toContain('  Amazon Rekognition: switched off\n');
    expect(gateway.stdout()).toContain('mutation { createChimeUser(');
  });

  it("takes the profile's region where AWS_REGION is empty", async () => {
    const file = join(temporaryFolder(), 'config');
    writeFileSync(file, '[default]\nregion = eu-north-1\n');
    const env = { PORT: '0', AWS_BACKEND: 'aws', AUTH: 'none', AWS_REGION: '', AWS_CONFIG_FILE: file };
    const gateway = spawnGateway(env);
    await gateway.url;
    expect(gateway.stdout()).toContain('  Amazon Rekognition: AWS, region eu-north-1\n');
  });

  it('names AWS and its region, and starts no local AWS, when AWS is meant', async () => {
    const gateway = spawnGateway({
      PORT: '0',
      AWS_BACKEND: 'aws',
      AUTH: 'none',
      AWS_REGION: 'us-west-2',
      AWS_ENDPOINT_URL_CHIME: 'http://127.0.0.1:9',
    });
    await gateway.url;
    expect(gateway.stdout()).toContain('  Amazon Rekognition: AWS, region us-west-2\n');
    expect(gateway.stdout()).toContain('  Amazon Chime: a custom endpoint, region us-west-2. ');
    expect(gateway.stdout()).not.toContain('Local AWS');
  });
});

describe('a gateway that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s', async signal => {
    const gateway = spawnGateway(local);
    await gateway.url;
    gateway.child.kill(signal);
    expect(await gateway.exit).toBe(0);
    expect(gateway.stderr()).toBe('');
  });

  it('ends with 0 on a signal that comes with its address', async () => {
    const gateway = spawnGateway({ ...local, NODE_OPTIONS: signalledAfter('is running at') });
    expect(await gateway.exit).toBe(0);
    expect(gateway.stdout()).toContain('Stopping: ');
  });

  it('finishes the requests under way, and is not kept by connections that ask for nothing', async () => {
    const gateway = spawnGateway(local);
    const url = new URL(await gateway.url);
    const silent = connectTo(url);
    await new Promise(resolve => silent.once('connect', resolve));
    const body = '{"query":"{ __typename }"}';
    const halfSent = connectTo(url).setEncoding('utf8');
    halfSent.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    await new Promise(resolve => setTimeout(resolve, 100));
    gateway.child.kill('SIGTERM');
    await expect.poll(gateway.stdout).toContain('Stopping: ');
    halfSent.write(body);
    const answer = await new Promise<string>(resolve => {
      halfSent.once('data', text => resolve(String(text)));
    });
    expect(answer).toContain('{"data":{"__typename":"Query"}}');
    expect(await gateway.exit).toBe(0);
    // The log is complete, although lines wait in memory.
    expect(gateway.stdout()).toContain('"type":"query","outcome":"success","status":200');
  });

  it('ends although nobody reads its output any more', async () => {
    const gateway = spawnGateway(local);
    const url = await gateway.url;
    gateway.child.stdout?.destroy();
    const headers = { 'content-type': 'application/json' };
    await fetch(url, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
    gateway.child.kill('SIGTERM');
    expect(await gateway.exit).toBe(0);
  });

  it('ends at once on a second signal', async () => {
    const gateway = spawnGateway(local);
    const url = new URL(await gateway.url);
    connectTo(url).write(
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n',
    );
    await new Promise(resolve => setTimeout(resolve, 100));
    gateway.child.kill('SIGTERM');
    await expect.poll(gateway.stdout).toContain('Stopping: ');
    gateway.child.kill('SIGTERM');
    expect(await gateway.exit).toBe(1);
  });
});
