/** What the gateway says at its start of settings of the AWS SDK that would fail, or be passed over, at every call. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { spawnGateway } from '../support/process.ts';

const config = `
[default]
region = eu-north-1

[profile good]
region = eu-west-1
services = good

[services good]
chime =
  endpoint_url = http://127.0.0.1:9/chime

[profile region]
region = "eu-west-1"

[profile fips]
region = eu-west-1
use_fips_endpoint = yes

[profile attempts]
region = eu-west-1
max_attempts = many

[profile endpoint]
region = eu-west-1
endpoint_url = localhost:4566

[profile services]
region = eu-west-1
services = gone

[profile of-service]
region = eu-west-1
services = bad

[services bad]
identitystore =
  endpoint_url = ftp://127.0.0.1

[profile sso]
region = eu-west-1
sso_session = gone

[profile role]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/vestibule
source_profile = gone

[profile half]
region = eu-west-1
aws_access_key_id = AKIA 12

[profile fips-and-endpoint]
region = eu-west-1
use_fips_endpoint = true
endpoint_url = http://127.0.0.1:4566
`;

let folder: string;
let files: NodeJS.ProcessEnv;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
  const [AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE] = [
    join(folder, 'config'),
    join(folder, 'credentials'),
  ];
  writeFileSync(AWS_CONFIG_FILE, config);
  writeFileSync(AWS_SHARED_CREDENTIALS_FILE, '[only-here]\nregion = eu_west_1\n');
  writeFileSync(
    join(folder, 'default-role'),
    '[default]\nrole_arn = arn:aws:iam::123456789012:role/vestibule\nsource_profile = gone\n',
  );
  files = { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE };
});
afterAll(() => rmSync(folder, { recursive: true }));

async function refusal(env: NodeJS.ProcessEnv) {
  const gateway = spawnGateway({ PORT: '0', AWS_BACKEND: 'aws', AUTH: 'none', ...files, ...env });
  const code = await gateway.exit;
  return { code, stdout: gateway.stdout(), stderr: gateway.stderr() };
}

async function started(env: NodeJS.ProcessEnv): Promise<string> {
  const gateway = spawnGateway({ PORT: '0', AUTH: 'none', ...files, ...env });
  await gateway.url;
  return gateway.stdout();
}

const noRegion = 'it must be the name of a region, such as eu-west-1, and nothing else';
const noSwitch = 'it must be true or false';
const noUrl = 'it must be a URL that begins with http:// or https://';
const those = 'the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, or else ~/.aws has';

describe('A start is refused that names the setting, its value and what is right, when', () => {
  it.each<[string, NodeJS.ProcessEnv, string]>([
    [
      'the profile does not exist',
      { AWS_PROFILE: 'gone' },
      `AWS_PROFILE="gone" is wrong: it must be the name of a profile in ${those}.`,
    ],
    [
      'the profile has a region in quotes',
      { AWS_PROFILE: 'region' },
      `region="\\"eu-west-1\\"" in the AWS profile "region" is wrong: ${noRegion}.`,
    ],
    [
      'the credentials file has a region that is none',
      { AWS_PROFILE: 'only-here' },
      `region="eu_west_1" in the AWS profile "only-here" is wrong: ${noRegion}.`,
    ],
    [
      'several variables are wrong',
      { AWS_USE_FIPS_ENDPOINT: 'yes', AWS_USE_DUALSTACK_ENDPOINT: 'True', AWS_MAX_ATTEMPTS: 'three' },
      [
        `AWS_USE_FIPS_ENDPOINT="yes" is wrong: ${noSwitch}.`,
        `AWS_USE_DUALSTACK_ENDPOINT="True" is wrong: ${noSwitch}.`,
        'AWS_MAX_ATTEMPTS="three" is wrong: it must be a whole number from 1.',
      ].join('\n'),
    ],
    [
      'no attempt is allowed, and repeats are of no kind that the SDK has',
      { AWS_MAX_ATTEMPTS: '0', AWS_RETRY_MODE: 'foo' },
      [
        'AWS_MAX_ATTEMPTS="0" is wrong: it must be a whole number from 1.',
        'AWS_RETRY_MODE="foo" is wrong: it must be standard or adaptive.',
      ].join('\n'),
    ],
    [
      'the profile has a switch that is neither on nor off',
      { AWS_PROFILE: 'fips' },
      `use_fips_endpoint="yes" in the AWS profile "fips" is wrong: ${noSwitch}.`,
    ],
    [
      'the profile has a number that is none',
      { AWS_PROFILE: 'attempts' },
      'max_attempts="many" in the AWS profile "attempts" is wrong: it must be a whole number from 1.',
    ],
    [
      'the endpoint has no scheme',
      { AWS_ENDPOINT_URL: 'localhost:4566' },
      `AWS_ENDPOINT_URL="localhost:4566" is wrong: ${noUrl}.`,
    ],
    [
      'the endpoint of one service has another scheme',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_IDENTITYSTORE: 'ftp://127.0.0.1' },
      `AWS_ENDPOINT_URL_IDENTITYSTORE="ftp://127.0.0.1" is wrong: ${noUrl}.`,
    ],
    [
      'the profile has an endpoint without scheme',
      { AWS_PROFILE: 'endpoint' },
      `endpoint_url="localhost:4566" in the AWS profile "endpoint" is wrong: ${noUrl}.`,
    ],
    [
      'a section of services has such an endpoint',
      { AWS_PROFILE: 'of-service' },
      `endpoint_url="ftp://127.0.0.1" of identitystore in the section [services bad] is wrong: ${noUrl}.`,
    ],
    [
      'the section of services is not there',
      { AWS_PROFILE: 'services' },
      `services="gone" in the AWS profile "services" is wrong: there is no [services gone] in ${those}.`,
    ],
    [
      'the session of SSO is not there',
      { AWS_PROFILE: 'sso' },
      `sso_session="gone" in the AWS profile "sso" is wrong: there is no [sso-session gone] in ${those}.`,
    ],
    [
      'the profile takes its credentials from one that is not there',
      { AWS_PROFILE: 'role' },
      `source_profile="gone" in the AWS profile "role" is wrong: there is no [profile gone] in ${those}.`,
    ],
    [
      'the default profile does so, and nothing else says where there are any',
      { AWS_CONFIG_FILE: 'FOLDER/default-role', AWS_REGION: 'eu-west-1' },
      `source_profile="gone" in the AWS profile "default" is wrong: there is no [profile gone] in ${those}.`,
    ],
    [
      'the id of the key is empty',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: 'secret' },
      'AWS_SECRET_ACCESS_KEY is of no use: there is no AWS_ACCESS_KEY_ID.',
    ],
    [
      'the secret is empty',
      { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: '' },
      'AWS_ACCESS_KEY_ID is of no use: there is no AWS_SECRET_ACCESS_KEY.',
    ],
    [
      'credentials are blank or have white space',
      { AWS_ACCESS_KEY_ID: ' ', AWS_SECRET_ACCESS_KEY: 'secret\n', AWS_SESSION_TOKEN: 'a b' },
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
        .map(name => `${name} is wrong: it must have no white space.`)
        .join('\n'),
    ],
    [
      'the profile has white space and but half of its credentials',
      { AWS_PROFILE: 'half' },
      [
        'aws_access_key_id in the AWS profile "half" is wrong: it must have no white space.',
        'aws_access_key_id in the AWS profile "half" is of no use: there is no aws_secret_access_key beside it.',
      ].join('\n'),
    ],
    [
      'an endpoint of its own excludes FIPS',
      { AWS_USE_FIPS_ENDPOINT: 'true', AWS_ENDPOINT_URL_CHIME: 'http://127.0.0.1:9', PROVIDERS: 'chime' },
      'Amazon Chime has no endpoint with AWS_ENDPOINT_URL_CHIME="http://127.0.0.1:9", region="eu-north-1" in the AWS profile "default", AWS_USE_FIPS_ENDPOINT="true": Invalid Configuration: FIPS and custom endpoint are not supported.',
    ],
    [
      'an endpoint of its own excludes dual stack',
      {
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        PROVIDERS: 'rekognition',
      },
      'Amazon Rekognition has no endpoint with AWS_ENDPOINT_URL="http://127.0.0.1:9", region="eu-north-1" in the AWS profile "default", AWS_USE_DUALSTACK_ENDPOINT="true": Invalid Configuration: Dualstack and custom endpoint are not supported.',
    ],
    [
      'the profile excludes itself',
      { AWS_PROFILE: 'fips-and-endpoint', PROVIDERS: 'chime' },
      'Amazon Chime has no endpoint with endpoint_url="http://127.0.0.1:4566" in the AWS profile "fips-and-endpoint", region="eu-west-1" in the AWS profile "fips-and-endpoint", use_fips_endpoint="true" in the AWS profile "fips-and-endpoint": Invalid Configuration: FIPS and custom endpoint are not supported.',
    ],
  ])('%s', async (_case, env, lines) => {
    const inFolder = env.AWS_CONFIG_FILE?.replace('FOLDER', folder);
    expect(await refusal({ ...env, ...(inFolder && { AWS_CONFIG_FILE: inFolder }) })).toEqual({
      code: 1,
      stdout: '',
      stderr: `${lines}\n`,
    });
  });
});

describe('A start succeeds', () => {
  test('with a section of services, which decides for its service', async () => {
    const text = await started({ AWS_BACKEND: 'aws', AWS_PROFILE: 'good' });
    expect(text).toContain('  Amazon Rekognition: AWS, region eu-west-1\n');
    expect(text).toContain('  Amazon Chime: a custom endpoint, region eu-west-1. ');
  });

  test('with endpoints that are ignored, or of providers that are switched off', async () => {
    const env = {
      AWS_BACKEND: 'aws',
      AWS_ENDPOINT_URL: 'localhost',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    };
    expect(await started(env)).toContain('  Amazon Chime: AWS, region eu-north-1. ');
    const off = { AWS_BACKEND: 'aws', AWS_ENDPOINT_URL_CHIME: 'localhost', PROVIDERS: 'rekognition' };
    expect(await started(off)).toContain('  Amazon Chime: switched off\n');
  });

  test('with local AWS, whatever is set for the other one, and is served by it', async () => {
    const env = {
      LOCAL_AWS_DATA: ':memory:',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
    };
    const gateway = spawnGateway({
      PORT: '0',
      ...files,
      ...env,
      AWS_PROFILE: 'gone',
      AWS_ENDPOINT_URL: 'localhost',
    });
    const response = await fetch(await gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ rekognitionUser(collectionId: \\"employees\\", userId: \\"ada\\") { userId } }"}',
    });
    expect(await response.json()).toEqual({ data: { rekognitionUser: { userId: 'ada' } } });
  });
});
