import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { expectPermitted } from '../support/permissions.ts';

async function policy(...options: string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/iam-policy.ts', ...options]);
  return JSON.parse(stdout) as { Version: string; Statement: object[] };
}

test('The policy has each action with the narrowest resources that AWS knows for it', async () => {
  const options = [
    '--account',
    '123456789012',
    '--region',
    'eu-west-1',
    '--collection-id',
    'employees,visitors',
  ];
  expect(await policy(...options, '--identity-store-id', 'd-1234567890')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ChimeAll',
        Effect: 'Allow',
        Action: [
          'chime:CreateUser',
          'chime:GetAccount',
          'chime:GetUser',
          'chime:ListAccounts',
          'chime:ListUsers',
        ],
        Resource: '*',
      },
      {
        Sid: 'IdentitystoreIdentitystore',
        Effect: 'Allow',
        Action: ['identitystore:CreateUser'],
        Resource: ['arn:aws:identitystore::123456789012:identitystore/d-1234567890'],
      },
      {
        Sid: 'IdentitystoreIdentitystoreUser',
        Effect: 'Allow',
        Action: [
          'identitystore:DeleteUser',
          'identitystore:DescribeUser',
          'identitystore:GetUserId',
          'identitystore:ListUsers',
        ],
        Resource: [
          'arn:aws:identitystore::123456789012:identitystore/d-1234567890',
          'arn:aws:identitystore:::user/*',
        ],
      },
      { Sid: 'RekognitionAll', Effect: 'Allow', Action: ['rekognition:ListCollections'], Resource: '*' },
      {
        Sid: 'RekognitionCollection',
        Effect: 'Allow',
        Action: [
          'rekognition:CreateUser',
          'rekognition:DeleteUser',
          'rekognition:DescribeCollection',
          'rekognition:ListUsers',
        ],
        Resource: [
          'arn:aws:rekognition:eu-west-1:123456789012:collection/employees',
          'arn:aws:rekognition:eu-west-1:123456789012:collection/visitors',
        ],
      },
    ],
  });
});

test('Chosen operations of chosen providers need no more than their own calls, anywhere by default', async () => {
  const options = ['--operations', 'createRekognitionUser,createChimeUser', '--providers', 'rekognition'];
  expect((await policy(...options)).Statement).toEqual([
    {
      Sid: 'RekognitionCollection',
      Effect: 'Allow',
      Action: ['rekognition:CreateUser'],
      Resource: ['arn:aws:rekognition:*:*:collection/*'],
    },
  ]);
});

test('What there is not is refused with what there is', async () => {
  await expect(policy('--providers', 'rekognition,cognito')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: '--providers: there is no "cognito". There are rekognition, identity-store, chime.\n',
  });
});

test('A call that the policy does not permit fails the test that made it', () => {
  expect(() => expectPermitted(new Set(['rekognition:DeleteCollection']))).toThrow(
    'calls that the IAM policy does not permit',
  );
});
