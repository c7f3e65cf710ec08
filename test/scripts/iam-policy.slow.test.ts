import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { expectPermitted } from '../support/permissions.ts';

async function policy(...options: string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/iam-policy.ts', ...options]);
  return JSON.parse(stdout) as { Version: string; Statement: { Action: string[] }[] };
}

test('Each action has the narrowest resources that AWS knows for it', async () => {
  const options = [
    ['--operations', 'createRekognitionUser,rekognitionCollections,deleteIdentityStoreUser,chimeAccounts'],
    ['--account', '123456789012', '--region', 'eu-west-1', '--partition', 'aws-us-gov'],
    ['--collection-id', 'employees,visitors', '--identity-store-id', 'd-1234567890'],
  ].flat();
  expect(await policy(...options)).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ChimeAll', Effect: 'Allow', Action: ['chime:ListAccounts'], Resource: '*' },
      {
        Sid: 'IdentitystoreIdentitystoreUser',
        Effect: 'Allow',
        Action: ['identitystore:DeleteUser', 'identitystore:DescribeUser'],
        Resource: [
          'arn:aws-us-gov:identitystore::123456789012:identitystore/d-1234567890',
          'arn:aws-us-gov:identitystore:::user/*',
        ],
      },
      { Sid: 'RekognitionAll', Effect: 'Allow', Action: ['rekognition:ListCollections'], Resource: '*' },
      {
        Sid: 'RekognitionCollection',
        Effect: 'Allow',
        Action: ['rekognition:CreateUser'],
        Resource: [
          'arn:aws-us-gov:rekognition:eu-west-1:123456789012:collection/employees',
          'arn:aws-us-gov:rekognition:eu-west-1:123456789012:collection/visitors',
        ],
      },
    ],
  });
});

test('The policy has the actions of all declarations, each once', async () => {
  await Promise.all(providers.map(({ load }) => load()));
  const declared = new Set(
    operations().flatMap(({ aws }) =>
      aws.flatMap(({ permissions }) => permissions.map(({ action }) => action)),
    ),
  );
  const actions = (await policy('--bucket', 'pictures')).Statement.flatMap(({ Action }) => Action);
  expect(actions.toSorted()).toEqual([...declared].toSorted());
});

test('Whatever takes tags is permitted to tag what it makes, by the name of its service', async () => {
  await Promise.all(providers.map(({ load }) => load()));
  const tagging = operations().filter(({ aws }) => aws.some(({ request }) => request.members?.['Tags']));
  expect(tagging.map(({ name }) => name).toSorted()).toEqual([
    'createChimeSdkAppInstance',
    'createChimeSdkAppInstanceUser',
    'createRekognitionCollection',
    'tagRekognitionCollection',
  ]);
  const actions = await Promise.all(
    tagging.map(async ({ name }) =>
      (await policy('--operations', name)).Statement.flatMap(({ Action }) => Action),
    ),
  );
  const services = tagging.map(({ aws }) => aws[0]?.service.model.signingName);
  expect(actions).toEqual(services.map(service => expect.arrayContaining([`${service}:TagResource`])));
  expect(
    (await policy('--operations', 'createRekognitionCollection', '--collection-id', 'guests')).Statement,
  ).toEqual([
    { Sid: 'RekognitionAll', Effect: 'Allow', Action: ['rekognition:CreateCollection'], Resource: '*' },
    {
      Sid: 'RekognitionCollection',
      Effect: 'Allow',
      Action: [
        'rekognition:DescribeCollection',
        'rekognition:ListTagsForResource',
        'rekognition:TagResource',
      ],
      Resource: ['arn:aws:rekognition:*:*:collection/guests'],
    },
  ]);
});

test('What takes images may read them from the buckets that are named, and from no other', async () => {
  const options = ['--operations', 'indexRekognitionFaces'];
  const rekognition = {
    Sid: 'RekognitionCollection',
    Effect: 'Allow',
    Action: ['rekognition:IndexFaces'],
    Resource: ['arn:aws:rekognition:*:*:collection/*'],
  };
  expect((await policy(...options)).Statement).toEqual([rekognition]);
  expect(
    (await policy(...options, '--bucket', 'pictures,badges', '--partition', 'aws-cn')).Statement,
  ).toEqual([
    { ...rekognition, Resource: ['arn:aws-cn:rekognition:*:*:collection/*'] },
    {
      Sid: 'S3Bucket',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws-cn:s3:::pictures/*', 'arn:aws-cn:s3:::badges/*'],
    },
  ]);
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
    stderr: `--providers: there is no "cognito". There are ${providers.map(({ id }) => id).join(', ')}.\n`,
  });
});

test.each([
  [
    ['--providers', 'rekognition', '--operations', 'createChimeUser'],
    'None of the --operations is of the --providers.',
  ],
  [['--account', '123'], '--account: "123" is not the 12 digits of an AWS account.'],
  [['--region', "'eu-west-1'"], `--region: "'eu-west-1'" is not a region, such as eu-west-1.`],
  [['--partition', 'AWS'], '--partition: "AWS" is not a partition, such as aws or aws-us-gov.'],
  [
    ['--identity-store-id', 'd-1234567890,D-1'],
    '--identity-store-id: "D-1" is not the id of an identity store, such as d-1234567890.',
  ],
  [
    ['--bucket', 'pictures/*'],
    '--bucket: "pictures/*" is not a name or an id of letters, digits, "_", "." and "-", with IAM’s "*" and "?".',
  ],
])('What makes no policy is refused: %j', async (options, message) => {
  await expect(policy(...options)).rejects.toMatchObject({ code: 1, stdout: '', stderr: `${message}\n` });
});

test('Who asks for what the options are is told', async () => {
  await expect(policy('--help')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^Unknown option '--help'\nThe options are --providers, --operations, --partition, .*--collection-id.*\.\n$/,
    ) as string,
  });
});

test('A call that the policy does not permit fails the test that made it', () => {
  expect(() => expectPermitted(new Set(['rekognition:DetectFaces']))).toThrow(
    'calls that the IAM policy does not permit',
  );
});
