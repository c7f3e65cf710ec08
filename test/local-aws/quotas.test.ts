/** Local AWS with AWS's quotas: what it lets through, and how it refuses the rest. */
import { CreateUserCommand as CreateChimeUser } from '@aws-sdk/client-chime';
import { DescribeUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import { CreateUserCommand, DeleteUserCommand } from '@aws-sdk/client-rekognition';
import { expect, test } from 'vitest';
import { readQuotas } from '../../src/aws/models/quotas.ts';
import { readConfig } from '../../src/local-aws/config.ts';
import { demoWorld, startLocalAws } from '../../src/local-aws/index.ts';
import { InvalidQuotasError } from '../../src/local-aws/throttle.ts';
import { refusal, sdkClients, send, useLocalAws } from '../support/local-aws-clients.ts';

const aws = useLocalAws();
const CollectionId = 'employees';
const { identityStoreId: IdentityStoreId } = demoWorld.identityStore;

const create = (UserId: string) => aws.rekognition.send(new CreateUserCommand({ CollectionId, UserId }));
const remove = (UserId: string) => aws.rekognition.send(new DeleteUserCommand({ CollectionId, UserId }));
const listUsers = () => aws.identityStore.send(new ListUsersCommand({ IdentityStoreId }));
const describe = () => aws.identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId: 'nobody' }));

/** One at once, and the next after half an hour. */
const rarely = '0.001';

test('Rekognition counts each operation by itself, and refuses by its own exception', async () => {
  aws.local.throttle.set(`rekognition=${rarely}`);
  await create('one');
  expect(await refusal(create('two'))).toEqual({
    name: 'ProvisionedThroughputExceededException',
    message: 'Provisioned rate exceeded',
    status: 400,
    hasRequestId: true,
    Code: 'ProvisionedThroughputExceededException',
  });
  await remove('one');
  aws.local.throttle.set('off');
  await create('two');
});

test('the Identity Store counts its operations together', async () => {
  aws.local.throttle.set(`identitystore=${rarely}`);
  await listUsers();
  expect(await refusal(describe())).toEqual({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
    status: 400,
    hasRequestId: true,
  });
});

test('Chime refuses by its own exception, and only when a number is given for it', async () => {
  const { accountId: AccountId } = demoWorld.chime;
  const invite = (Email: string) => aws.chime.send(new CreateChimeUser({ AccountId, Email }));
  aws.local.throttle.set('aws');
  await Promise.all(Array.from({ length: 30 }, (_, at) => invite(`${at}@example.com`)));
  aws.local.throttle.set(`chime:CreateUser=${rarely}`);
  await invite('one@example.com');
  expect(await refusal(invite('two@example.com'))).toEqual({
    name: 'ThrottledClientException',
    message: 'Rate exceeded',
    status: 429,
    hasRequestId: true,
    Code: 'Throttled',
  });
});

test('an operation with a number of its own is not counted with its service', async () => {
  aws.local.throttle.set(`identitystore=${rarely},identitystore:ListUsers=off`);
  await listUsers();
  await listUsers();
  expect((await refusal(describe()))['name']).toBe('ValidationException');
  expect((await refusal(describe()))['name']).toBe('ThrottlingException');
});

test('what is refused is counted in the journal, and has no effect', async () => {
  aws.local.throttle.set(`rekognition:CreateUser=${rarely}`);
  await create('one');
  await refusal(create('two'));
  expect(aws.local.requests.list().map(({ status }) => status)).toEqual([200, 400]);
  expect((await refusal(remove('two')))['name']).toBe('ResourceNotFoundException');
});

test('AWS’s own quotas let as many through at once as in a second, and fill again', async () => {
  aws.local.throttle.set('aws');
  const creates = await Promise.allSettled(Array.from({ length: 30 }, (_, at) => create(`user-${at}`)));
  const created = creates.filter(({ status }) => status === 'fulfilled').length;
  expect(created).toBeGreaterThanOrEqual(5);
  expect(created).toBeLessThan(30);
  await expect.poll(() => create('later').then(() => 'created', String), { timeout: 5_000 }).toBe('created');
});

test('the quotas are set and taken away over the admin endpoint, too', async () => {
  const set = (body: string) =>
    send(aws.local.url, '/_local-aws/quotas', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  expect(await set(`{"quotas": "rekognition:CreateUser=${rarely}"}`)).toMatchObject({ status: 200 });
  await create('one');
  await refusal(create('two'));
  expect(await send(aws.local.url, '/_local-aws/quotas', { method: 'DELETE' })).toMatchObject({
    status: 200,
  });
  await create('two');
  expect(await set('{"quotas": 5}')).toMatchObject({
    status: 400,
    json: { message: 'quotas: Invalid input: expected string, received number' },
  });
  expect((await set('{"quotas": "chime"}')).json['message']).toMatch(
    /^quotas: must be a list, separated by commas/,
  );
});

test('the program takes them from LOCAL_AWS_QUOTAS', async () => {
  const { quotas } = readConfig({ LOCAL_AWS_QUOTAS: `identitystore=${rarely}` });
  const local = await startLocalAws({ quotas });
  const { identityStore } = sdkClients(local);
  await identityStore.send(new ListUsersCommand({ IdentityStoreId }));
  const again = identityStore.send(new ListUsersCommand({ IdentityStoreId }));
  expect((await refusal(again))['name']).toBe('ThrottlingException');
  await local.stop();
  expect(() => readConfig({ LOCAL_AWS_QUOTAS: 'everything' })).toThrow(
    /^LOCAL_AWS_QUOTAS must be a list, separated by commas, of: aws \(its defaults\)/,
  );
});

test.each([
  '',
  'aws,',
  'rekognition',
  'rekognition=',
  'rekognition=0',
  'rekognition=-1',
  'rekognition=5.5.5',
  'rekognition=100001',
  'rekognition:Createuser=5',
  'rekognition:=5',
  'iam=5',
  'rekognition=5;chime=5',
])('%j is no list of quotas', list => {
  expect(readQuotas(list, true)).toBeUndefined();
  expect(() => aws.local.throttle.set(list)).toThrow(InvalidQuotasError);
});
