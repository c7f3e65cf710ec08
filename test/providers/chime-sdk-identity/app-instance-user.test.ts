import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, missingOrDenied } from '../../support/refusals.ts';

const { appInstanceArn, users } = demoWorld.chimeSdkIdentity;
const [{ appInstanceUserArn }] = users;
const nowhere = appInstanceArn.replace(/.$/, '9');
const nobody = `${appInstanceArn}/user/nobody`;
const gateway = useGateway();

const id = (arn: string) => globalId('ChimeSdkAppInstanceUser', arn);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const service = 'Amazon Chime SDK Identity';
const missing = missingOrDenied(service, `There is no app instance user ${nobody}`);
const arnWords = 'must be an ARN, such as arn:aws:chime:us-east-1:123456789012:app-instance/1a2b3c.';
const expirationSettings = { expirationDays: 30, expirationCriterion: 'CREATED_TIMESTAMP' };

describe('createChimeSdkAppInstanceUser', () => {
  const name = 'createChimeSdkAppInstanceUser';
  const input = { appInstanceArn, appInstanceUserId: 'barbara', name: 'Barbara' };

  test('returns what was sent, and the ARN, with one call to AWS', async () => {
    const select = 'user { id appInstanceUserArn appInstanceUserId appInstanceArn name metadata }';
    const made = `${appInstanceArn}/user/barbara`;
    const { user } = await runMutation(
      gateway,
      name,
      { ...input, metadata: 'm', expirationSettings },
      select,
    );
    expect(user).toEqual({
      id: id(made),
      appInstanceUserArn: made,
      appInstanceUserId: 'barbara',
      appInstanceArn,
      name: 'Barbara',
      metadata: 'm',
    });
    expect(gateway.calls()).toEqual(['CreateAppInstanceUser']);
  });

  test('returns what AWS itself adds with one call more', async () => {
    const select = 'user { createdTimestamp expirationSettings { expirationDays expirationCriterion } }';
    const { user } = await runMutation(gateway, name, { ...input, expirationSettings }, select);
    expect(user).toEqual({ createdTimestamp: moment, expirationSettings });
    expect(gateway.calls()).toEqual(['CreateAppInstanceUser', 'DescribeAppInstanceUser']);
  });

  test('succeeds again with the same input, and is refused with another name', async () => {
    const select = 'user { id }';
    const first = await runMutation(gateway, name, input, select);
    expect(await runMutation(gateway, name, input, select)).toEqual(first);
    expect(await runMutation(gateway, name, { ...input, name: 'Other' })).toMatchObject(
      conflict(
        'ALREADY_EXISTS',
        'The app instance already has another user "barbara", or this idempotencyKey was used before with another input.',
      ),
    );
  });

  refuses(gateway, name, [
    [{ ...input, appInstanceArn: nowhere }, missingOrDenied(service, `There is no app instance ${nowhere}`)],
    [
      {
        ...input,
        appInstanceUserId: '-b',
        name: ' ',
        expirationSettings: { ...expirationSettings, expirationDays: 0 },
      },
      invalid(
        'appInstanceUserId must begin and end with a letter or a digit, and may contain only those and any of : - _ . @.',
        'name must have at least one character that is not white space, and no line break.',
        'expirationSettings.expirationDays must be at least 1.',
      ),
    ],
  ]);
});

describe('updateChimeSdkAppInstanceUser', () => {
  const name = 'updateChimeSdkAppInstanceUser';

  test.each([
    [{ name: 'Ada King' }, { name: 'Ada King', metadata: null }],
    [{ metadata: 'm' }, { name: 'Ada Lovelace', metadata: 'm' }],
  ])('changes %j, and reads what it does not say', async (change, expected) => {
    const input = { appInstanceUserArn, ...change };
    const { user } = await runMutation(gateway, name, input, 'user { name metadata }');
    expect(user).toEqual(expected);
    expect(gateway.calls()).toEqual([
      'DescribeAppInstanceUser',
      'UpdateAppInstanceUser',
      'DescribeAppInstanceUser',
    ]);
  });

  refuses(gateway, name, [
    [{ appInstanceUserArn: nobody, name: 'x' }, missing],
    [{ appInstanceUserArn, name: null }, invalid('name cannot be unset.')],
    [{ appInstanceUserArn, name: 'x'.repeat(101) }, invalid('name must be at most 100 characters long.')],
    [{ appInstanceUserArn }, invalid('Give at least one of name, metadata to change.')],
  ]);
});

describe('putChimeSdkAppInstanceUserExpirationSettings', () => {
  const name = 'putChimeSdkAppInstanceUserExpirationSettings';
  const select = 'user { expirationSettings { expirationDays expirationCriterion } }';

  test('sets the settings, and takes them away', async () => {
    const put = async (settings: object | null) =>
      (await runMutation(gateway, name, { appInstanceUserArn, expirationSettings: settings }, select)).user;
    expect(await put(expirationSettings)).toEqual({ expirationSettings });
    expect(await put(null)).toEqual({ expirationSettings: null });
    expect(gateway.calls()).toEqual([
      'PutAppInstanceUserExpirationSettings',
      'DescribeAppInstanceUser',
      'PutAppInstanceUserExpirationSettings',
      'DescribeAppInstanceUser',
    ]);
  });

  refuses(gateway, name, [
    [{ appInstanceUserArn: nobody, expirationSettings }, missing],
    [
      { appInstanceUserArn, expirationSettings: { ...expirationSettings, expirationDays: 5476 } },
      invalid('expirationSettings.expirationDays must be at most 5475.'),
    ],
  ]);
});

describe('deleteChimeSdkAppInstanceUser', () => {
  const name = 'deleteChimeSdkAppInstanceUser';

  test('deletes a user with one call to AWS and tells what is gone', async () => {
    const select = 'deletedAppInstanceUserArn appInstanceUserArn';
    expect(await runMutation(gateway, name, { appInstanceUserArn }, select)).toEqual({
      __typename: 'DeleteChimeSdkAppInstanceUserSuccess',
      deletedAppInstanceUserArn: id(appInstanceUserArn),
      appInstanceUserArn,
    });
    expect(gateway.calls()).toEqual(['DeleteAppInstanceUser']);
  });

  test('whose answer was lost has an unknown outcome when the list is too long to tell', async () => {
    gateway.localAws.faults.add({
      operation: 'DeleteAppInstanceUser',
      effect: { type: 'drop', when: 'after' },
    });
    gateway.localAws.faults.add({
      operation: 'ListAppInstanceUsers',
      effect: {
        type: 'response',
        status: 200,
        body: '{"AppInstanceUsers": [], "NextToken": "on and on"}',
        requestId: true,
      },
    });
    expect(await runMutation(gateway, name, { appInstanceUserArn })).toMatchObject({
      __typename: 'ProviderFailureError',
      message: expect.stringContaining('The outcome is unknown'),
    });
    expect(gateway.calls().filter(call => call === 'ListAppInstanceUsers')).toHaveLength(20);
  });

  refuses(gateway, name, [
    [{ appInstanceUserArn: nobody }, missing],
    [{ appInstanceUserArn: 'ada lovelace' }, invalid(`appInstanceUserArn ${arnWords}`)],
  ]);
});

const findUser = (arn: string, select: string) =>
  gateway.query(`{ chimeSdkAppInstanceUser(appInstanceUserArn: "${arn}") { ${select} } }`);

describe('chimeSdkAppInstanceUser', () => {
  test('finds one by its ARN, and its app instance with one call more', async () => {
    const select = `id appInstanceUserId name metadata createdTimestamp lastUpdatedTimestamp
      expirationSettings { expirationDays } appInstance { name }`;
    expect(await findUser(appInstanceUserArn, select)).toEqual({
      data: {
        chimeSdkAppInstanceUser: {
          id: id(appInstanceUserArn),
          appInstanceUserId: 'ada',
          name: 'Ada Lovelace',
          metadata: null,
          createdTimestamp: moment,
          lastUpdatedTimestamp: moment,
          expirationSettings: null,
          appInstance: { name: 'Demo App' },
        },
      },
    });
    expect(gateway.calls()).toEqual(['DescribeAppInstanceUser', 'DescribeAppInstance']);
  });

  test('claims no more than AWS tells of one that is not there', async () => {
    expect(await findUser(nobody, 'id')).toMatchObject({
      data: { chimeSdkAppInstanceUser: null },
      errors: [{ message: missing.message, extensions: { code: 'ACCESS_DENIED' } }],
    });
  });
});
