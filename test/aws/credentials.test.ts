/** What is said of credentials that cannot be had, with the SDK's own search for them. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateUserCommand, RekognitionClient } from '@aws-sdk/client-rekognition';

import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { diagnosisOf } from '../../src/adapter/diagnosis.ts';
import { AwsClient } from '../../src/aws/client.ts';
import { CredentialTrace } from '../../src/aws/credential-trace.ts';
import type { AwsFailure } from '../../src/aws/failure.ts';
import { Transport } from '../../src/aws/transport.ts';
import { CreateUser } from '../../src/providers/rekognition/user/operations.ts';
import { startAws } from '../support/aws-client.ts';
import type { Answer } from '../support/recording-server.ts';

const config = `
[profile without-credentials]
region = eu-west-1

[profile of-a-profile-that-is-gone]
role_arn = arn:aws:iam::123456789012:role/vestibule
source_profile = gone

[profile role]
role_arn = arn:aws:iam::123456789012:role/vestibule
source_profile = base

[profile base]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = secret

[profile process]
credential_process = /nowhere/at-all

[profile process-with-secrets]
credential_process = sh -c "echo password-in-output >&2; exit 1" password-in-command

[profile process-without-json]
credential_process = echo hello

[profile process-too-late]
credential_process = echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "b", "Expiration": "2020-01-01T00:00:00Z"}'

[profile never-logged-in]
sso_session = never
sso_account_id = 123456789012
sso_role_name = vestibule

[sso-session never]
sso_start_url = https://never.example/start
sso_region = eu-west-1

[profile logged-out]
sso_session = ended
sso_account_id = 123456789012
sso_role_name = vestibule

[sso-session ended]
sso_start_url = https://ended.example/start
sso_region = eu-west-1

[profile expired]
sso_start_url = https://expired.example/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = vestibule
`;

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'vestibule-'));
  const cache = join(home, '.aws/sso/cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(home, '.aws/config'), config);
  const keep = (name: string, expiresAt: string) => {
    const file = `${createHash('sha1').update(name).digest('hex')}.json`;
    writeFileSync(join(cache, file), JSON.stringify({ accessToken: 'token', expiresAt }));
  };
  keep('ended', '2100-01-01T00:00:00Z');
  keep('https://expired.example/start', '2020-01-01T00:00:00Z');
});
afterAll(() => rmSync(home, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** What becomes of a call with these variables, and no others of AWS's. */
async function failureWith(env: Readonly<Record<string, string>>): Promise<AwsFailure> {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const requestHandler = new Transport({ timeoutMs: 10_000 });
  onTestFinished(() => requestHandler.destroy());
  const sdk = new RekognitionClient({ region: 'eu-west-1', requestHandler, logger: new CredentialTrace() });
  const command = new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
  return (await new AwsClient(sdk)
    .send(command, { repeatable: true })
    .catch((error: unknown) => error)) as AwsFailure;
}

const denies: Answer = (_request, response) => {
  response.writeHead(403, { 'content-type': 'text/xml' });
  response.end('<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>');
};

const knowsNoSession: Answer = (_request, response) => {
  response.writeHead(401, { 'x-amzn-errortype': 'UnauthorizedException' });
  response.end('{"message":"Session token not found or invalid"}');
};

describe('A call that cannot be signed says that nothing was sent', () => {
  test.each([
    ['there is nothing', {}, 'noCredentials', 'Unable to find environment variable credentials.'],
    [
      'the profile has none',
      { AWS_PROFILE: 'without-credentials' },
      'noCredentials',
      'Could not resolve credentials using profile: [without-credentials] in configuration/credentials file(s).',
    ],
    [
      'the profile leads to one that does not exist',
      { AWS_PROFILE: 'of-a-profile-that-is-gone' },
      'noCredentials',
      'Could not resolve credentials using profile: [gone] in configuration/credentials file(s).',
    ],
    [
      'the program that gives them fails',
      { AWS_PROFILE: 'process' },
      'processFailed',
      'Command failed: the credential_process of the profile',
    ],
    [
      'the program that gives them writes something else',
      { AWS_PROFILE: 'process-without-json' },
      'processFailed',
      'Profile process-without-json credential_process returned invalid JSON.',
    ],
    [
      'the program that gives them gives old ones',
      { AWS_PROFILE: 'process-too-late' },
      'processFailed',
      'Profile process-too-late credential_process returned expired credentials.',
    ],
    [
      'the profile does not exist',
      { AWS_PROFILE: 'gone' },
      'noProfile',
      'Profile gone could not be found in shared credentials file.',
    ],
    [
      'the endpoint that gives them refuses connections',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/credentials' },
      'credentialsUnreachable',
      'Error: connect ECONNREFUSED 127.0.0.1:9',
    ],
  ] as const)('when %s', async (_case, env, kind, line) => {
    const failure = await failureWith(env);
    expect(failure).toMatchObject({
      kind,
      outcomeUnknown: false,
      cause: { name: 'CredentialsProviderError' },
    });
    expect(failure.trace).toContainEqual(line);
  });

  test('and nothing of what a program that failed was given or wrote', async () => {
    const failure = await failureWith({ AWS_PROFILE: 'process-with-secrets' });
    expect(failure.kind).toBe('processFailed');
    const { cause } = diagnosisOf(CreateUser, failure);
    expect(JSON.stringify([failure.trace, cause])).not.toContain('password');
    expect(cause).not.toHaveProperty('message');
  });

  test.each(['never-logged-in', 'expired'])('when the session of SSO is over: %s', async profile => {
    expect(await failureWith({ AWS_PROFILE: profile })).toMatchObject({
      kind: 'ssoEnded',
      outcomeUnknown: false,
    });
  });

  test('when AWS knows the session of SSO no longer', async () => {
    const { url } = await startAws(knowsNoSession);
    const failure = await failureWith({ AWS_PROFILE: 'logged-out', AWS_ENDPOINT_URL_SSO: url });
    expect(failure).toMatchObject({ kind: 'ssoEnded', outcomeUnknown: false });
  });

  test('when AWS denies the role', async () => {
    const { url } = await startAws(denies);
    const failure = await failureWith({ AWS_PROFILE: 'role', AWS_ENDPOINT_URL_STS: url });
    // The status and the request are those of another service.
    expect(failure).toMatchObject({
      kind: 'credentialsDenied',
      cause: { name: 'AccessDenied' },
      status: undefined,
      requestId: undefined,
      outcomeUnknown: false,
    });
  });

  test('when nobody answers who could give the role', async () => {
    const failure = await failureWith({ AWS_PROFILE: 'role', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' });
    expect(failure).toMatchObject({
      kind: 'credentialsUnreachable',
      cause: { code: 'ECONNREFUSED' },
      outcomeUnknown: false,
    });
  });
});
