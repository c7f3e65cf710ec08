import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { invalid, missingOrDenied } from '../../support/refusals.ts';

const { appInstanceArn, users, adminIds } = demoWorld.chimeSdkIdentity;
const nowhere = appInstanceArn.replace(/.$/, '9');
const gateway = useGateway();

const id = (arn: string) => globalId('ChimeSdkAppInstance', arn);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const missing = missingOrDenied('Amazon Chime SDK Identity', `There is no app instance ${nowhere}`);
const arnWords = 'must be an ARN, such as arn:aws:chime:us-east-1:123456789012:app-instance/1a2b3c.';

describe('createChimeSdkAppInstance', () => {
  const name = 'createChimeSdkAppInstance';
  const input = { name: 'Front', metadata: '{}', tags: [{ key: 'stage', value: 'test' }] };

  test('returns what was sent, and the ARN, with one call to AWS', async () => {
    const { appInstance } = await runMutation(
      gateway,
      name,
      input,
      'appInstance { id appInstanceArn name metadata }',
    );
    const { appInstanceArn: made } = appInstance;
    expect(made).toMatch(/^arn:aws:chime:us-east-1:123456789012:app-instance\/[-0-9a-f]{36}$/);
    expect(appInstance).toEqual({ id: id(made), appInstanceArn: made, name: 'Front', metadata: '{}' });
    expect(gateway.calls()).toEqual(['CreateAppInstance']);
  });

  test('returns what AWS itself adds with one call more', async () => {
    const select = 'appInstance { createdTimestamp lastUpdatedTimestamp }';
    const { appInstance } = await runMutation(gateway, name, input, select);
    expect(appInstance).toEqual({ createdTimestamp: moment, lastUpdatedTimestamp: moment });
    expect(gateway.calls()).toEqual(['CreateAppInstance', 'DescribeAppInstance']);
  });

  test('is made once under a key, and again without one', async () => {
    const make = async (idempotencyKey?: string) =>
      (await runMutation(gateway, name, { ...input, idempotencyKey }, 'appInstance { appInstanceArn }'))
        .appInstance.appInstanceArn;
    const first = await make('key');
    expect(await make('key')).toBe(first);
    expect(new Set([first, await make('other'), await make(), await make()]).size).toBe(4);
    expect(await runMutation(gateway, name, { ...input, name: 'Back', idempotencyKey: 'key' })).toMatchObject(
      { __typename: 'IdempotencyMismatchError', providerCode: null },
    );
  });

  test('is made once although its answer was lost', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateAppInstance',
      times: 1,
      effect: { type: 'drop', when: 'after' },
    });
    await runMutation(gateway, name, input);
    const { data } = await gateway.query('{ chimeSdkAppInstances { edges { node { name } } } }');
    expect(data.chimeSdkAppInstances.edges.map(({ node }: { node: object }) => node)).toEqual([
      { name: 'Demo App' },
      { name: 'Front' },
    ]);
  });

  test('is refused when the AWS account has as many as it may have', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateAppInstance',
      effect: { type: 'exception', name: 'ResourceLimitExceededException' },
    });
    expect(await runMutation(gateway, name, input)).toMatchObject({
      __typename: 'QuotaExceededError',
      providerCode: 'ResourceLimitExceededException',
    });
  });

  refuses(gateway, name, [
    [{ name: '' }, invalid('name must not be empty.')],
    [
      { name: 'x'.repeat(257), metadata: 'a\nb', tags: [], idempotencyKey: 'k' },
      invalid(
        'name must be at most 256 characters long.',
        'metadata must have no line break.',
        'idempotencyKey must be at least 2 characters long.',
        'tags must have at least 1 entry.',
      ),
    ],
  ]);
});

describe('updateChimeSdkAppInstance', () => {
  const name = 'updateChimeSdkAppInstance';
  const select = 'appInstance { name metadata }';
  const metadata = '{"stage":"demo"}';

  test.each([
    [{ name: 'Chat' }, { name: 'Chat', metadata }],
    [{ metadata: null }, { name: 'Demo App', metadata: null }],
    [{ metadata: '' }, { name: 'Demo App', metadata: null }],
    [{ metadata: 'm' }, { name: 'Demo App', metadata: 'm' }],
  ])('changes %j, and reads what it does not say', async (change, expected) => {
    const { appInstance } = await runMutation(gateway, name, { appInstanceArn, ...change }, select);
    expect(appInstance).toEqual(expected);
    expect(gateway.calls()).toEqual(['DescribeAppInstance', 'UpdateAppInstance', 'DescribeAppInstance']);
  });

  test('reads nothing before when everything is said', async () => {
    const { __typename: typename } = await runMutation(gateway, name, {
      appInstanceArn,
      name: 'Chat',
      metadata: null,
    });
    expect(typename).toBe('UpdateChimeSdkAppInstanceSuccess');
    expect(gateway.calls()).toEqual(['UpdateAppInstance']);
  });

  refuses(gateway, name, [
    [{ appInstanceArn: nowhere, name: 'Chat' }, missing],
    [{ appInstanceArn: nowhere, name: 'Chat', metadata: '' }, missing],
    [{ appInstanceArn }, invalid('Give at least one of name, metadata to change.')],
    [{ appInstanceArn, name: null }, invalid('name cannot be unset.')],
    [
      { appInstanceArn: 'demo app', name: '', idempotencyKey: 'a b' },
      invalid(
        `appInstanceArn ${arnWords}`,
        'name must not be empty.',
        'idempotencyKey may contain only letters, digits, "-" and "_".',
      ),
    ],
  ]);
});

describe('deleteChimeSdkAppInstance', () => {
  const name = 'deleteChimeSdkAppInstance';

  test('deletes an app instance with one call to AWS, and its users with it', async () => {
    const select = 'deletedAppInstanceArn appInstanceArn';
    expect(await runMutation(gateway, name, { appInstanceArn }, select)).toEqual({
      __typename: 'DeleteChimeSdkAppInstanceSuccess',
      deletedAppInstanceArn: id(appInstanceArn),
      appInstanceArn,
    });
    expect(gateway.calls()).toEqual(['DeleteAppInstance']);
    const [{ appInstanceUserArn }] = users;
    const { data, errors } = await gateway.query(
      `{ chimeSdkAppInstanceUser(appInstanceUserArn: "${appInstanceUserArn}") { id } }`,
    );
    expect({ data, errors }).toMatchObject({
      data: { chimeSdkAppInstanceUser: null },
      errors: [{ extensions: { code: 'ACCESS_DENIED' } }],
    });
  });

  refuses(gateway, name, [
    [{ appInstanceArn: nowhere }, missing],
    [{ appInstanceArn: 'demo app' }, invalid(`appInstanceArn ${arnWords}`)],
  ]);
});

describe('chimeSdkAppInstance', () => {
  test('finds one by its ARN, with a call for each list of what is in it', async () => {
    const { data } = await gateway.query(`{ chimeSdkAppInstance(appInstanceArn: "${appInstanceArn}") {
      id name metadata createdTimestamp
      users(first: 2) { edges { node { appInstanceUserId name } } pageInfo { hasNextPage } }
      admins { edges { node { appInstanceAdminArn name } } }
    } }`);
    expect(data.chimeSdkAppInstance).toEqual({
      id: id(appInstanceArn),
      name: 'Demo App',
      metadata: '{"stage":"demo"}',
      createdTimestamp: moment,
      users: {
        edges: [
          { node: { appInstanceUserId: 'ada', name: 'Ada Lovelace' } },
          { node: { appInstanceUserId: 'grace', name: 'Grace Hopper' } },
        ],
        pageInfo: { hasNextPage: true },
      },
      admins: {
        edges: users
          .filter(({ userId }) => adminIds.some(admin => admin === userId))
          .map(({ appInstanceUserArn, name }) => ({
            node: { appInstanceAdminArn: appInstanceUserArn, name },
          })),
      },
    });
    expect(gateway.calls().toSorted()).toEqual([
      'DescribeAppInstance',
      'ListAppInstanceAdmins',
      'ListAppInstanceUsers',
    ]);
  });

  test('claims no more than AWS tells of one that is not there', async () => {
    const { data, errors } = await gateway.query(
      `{ chimeSdkAppInstance(appInstanceArn: "${nowhere}") { id } }`,
    );
    expect({ data, errors }).toMatchObject({
      data: { chimeSdkAppInstance: null },
      errors: [
        {
          message: missing.message,
          extensions: { code: 'ACCESS_DENIED', providerCode: 'ForbiddenException' },
        },
      ],
    });
  });

  test('is null when AWS does say that it is not there', async () => {
    gateway.localAws.faults.add({
      operation: 'DescribeAppInstance',
      effect: { type: 'exception', name: 'NotFoundException', status: 404 },
    });
    const answer = await gateway.query(`{ chimeSdkAppInstance(appInstanceArn: "${nowhere}") { id } }`);
    expect(answer).toEqual({ data: { chimeSdkAppInstance: null } });
  });
});

test('chimeSdkAppInstances lists them, and reads what lists lack only when it is asked for', async () => {
  const list = (select: string) => gateway.query(`{ chimeSdkAppInstances { edges { node { ${select} } } } }`);
  const { data } = await list('appInstanceArn name metadata');
  expect(data.chimeSdkAppInstances.edges).toEqual([
    { node: { appInstanceArn, name: 'Demo App', metadata: '{"stage":"demo"}' } },
  ]);
  expect(gateway.calls()).toEqual(['ListAppInstances']);
  const { data: whole } = await list('createdTimestamp');
  expect(whole.chimeSdkAppInstances.edges).toEqual([{ node: { createdTimestamp: moment } }]);
  expect(gateway.calls()).toEqual(['ListAppInstances', 'ListAppInstances', 'DescribeAppInstance']);
});
