import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, missingOrDenied } from '../../support/refusals.ts';

const { appInstanceArn, users } = demoWorld.chimeSdkIdentity;
const [{ appInstanceUserArn: ada }, { appInstanceUserArn: grace }] = users;
const gateway = useGateway();

const id = (arn: string) => globalId('ChimeSdkAppInstanceAdmin', appInstanceArn, arn);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const service = 'Amazon Chime SDK Identity';
const noAdmin = missingOrDenied(service, `There is no admin ${grace} of the app instance`);

describe('createChimeSdkAppInstanceAdmin', () => {
  const name = 'createChimeSdkAppInstanceAdmin';
  const input = { appInstanceArn, appInstanceAdminArn: grace };

  test('promotes a user with one call to AWS, and tells since when with one more', async () => {
    const select = 'admin { id appInstanceArn appInstanceAdminArn name }';
    expect((await runMutation(gateway, name, input, select)).admin).toEqual({
      id: id(grace),
      appInstanceArn,
      appInstanceAdminArn: grace,
      name: 'Grace Hopper',
    });
    expect(gateway.calls()).toEqual(['CreateAppInstanceAdmin']);
    gateway.localAws.reset();
    const { admin } = await runMutation(gateway, name, input, 'admin { createdTimestamp }');
    expect(admin).toEqual({ createdTimestamp: moment });
    expect(gateway.calls()).toEqual(['CreateAppInstanceAdmin', 'DescribeAppInstanceAdmin']);
  });

  const nobody = `${appInstanceArn}/user/nobody`;
  refuses(gateway, name, [
    [
      { ...input, appInstanceAdminArn: ada },
      conflict('ALREADY_EXISTS', `The app instance already has the admin ${ada}.`),
    ],
    [
      { ...input, appInstanceAdminArn: nobody },
      missingOrDenied(service, `The app instance has no user ${nobody}`),
    ],
  ]);
});

describe('deleteChimeSdkAppInstanceAdmin', () => {
  const name = 'deleteChimeSdkAppInstanceAdmin';

  test('demotes a user, which stays', async () => {
    const input = { appInstanceArn, appInstanceAdminArn: ada };
    const select = 'deletedAppInstanceAdminArn appInstanceArn appInstanceAdminArn';
    expect(await runMutation(gateway, name, input, select)).toEqual({
      __typename: 'DeleteChimeSdkAppInstanceAdminSuccess',
      deletedAppInstanceAdminArn: id(ada),
      ...input,
    });
    expect(gateway.calls()).toEqual(['DeleteAppInstanceAdmin']);
    const { data } = await gateway.query(
      `{ chimeSdkAppInstanceUser(appInstanceUserArn: "${ada}") { name } }`,
    );
    expect(data).toEqual({ chimeSdkAppInstanceUser: { name: 'Ada Lovelace' } });
  });

  refuses(gateway, name, [[{ appInstanceArn, appInstanceAdminArn: grace }, noAdmin]]);
});

const findAdmin = (arn: string, select: string) =>
  gateway.query(
    `{ chimeSdkAppInstanceAdmin(appInstanceArn: "${appInstanceArn}", appInstanceAdminArn: "${arn}") { ${select} } }`,
  );

describe('chimeSdkAppInstanceAdmin', () => {
  test('finds one by its ARNs, and the user with one call more', async () => {
    expect(await findAdmin(ada, 'id name createdTimestamp user { appInstanceUserId }')).toEqual({
      data: {
        chimeSdkAppInstanceAdmin: {
          id: id(ada),
          name: 'Ada Lovelace',
          createdTimestamp: moment,
          user: { appInstanceUserId: 'ada' },
        },
      },
    });
    expect(gateway.calls()).toEqual(['DescribeAppInstanceAdmin', 'DescribeAppInstanceUser']);
  });

  test('claims no more than AWS tells of a user that is none', async () => {
    expect(await findAdmin(grace, 'id')).toMatchObject({
      data: { chimeSdkAppInstanceAdmin: null },
      errors: [{ message: noAdmin.message, extensions: { code: 'ACCESS_DENIED' } }],
    });
  });

  test('looks for no user where a bot is the admin', async () => {
    const bot = `${appInstanceArn}/bot/helper`;
    const body = {
      AppInstanceAdmin: { Admin: { Arn: bot, Name: 'Helper' }, AppInstanceArn: appInstanceArn },
    };
    gateway.localAws.faults.add({
      operation: 'DescribeAppInstanceAdmin',
      effect: { type: 'response', status: 200, body: JSON.stringify(body), requestId: true },
    });
    expect(await findAdmin(bot, 'name user { name }')).toEqual({
      data: { chimeSdkAppInstanceAdmin: { name: 'Helper', user: null } },
    });
    expect(gateway.calls()).toEqual(['DescribeAppInstanceAdmin']);
  });
});
