import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { runMutation } from '../../support/mutations.ts';

const create = 'createChimeUser';
const ACCOUNT = demoWorld.chime.accountId;
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

const userFields = `id accountId userId primaryEmail primaryProvisionedNumber displayName licenseType userType
  userRegistrationStatus userInvitationStatus registeredOn invitedOn personalPIN
  alexaForBusinessMetadata { isAlexaForBusinessEnabled alexaForBusinessRoomArn }`;

const gateway = useGateway({ SETTLE_TIMEOUT_MS: '0' });

const run = (select: string, input: object) => runMutation(gateway, create, input, select);

describe('createChimeUser', () => {
  test("returns every member of AWS's user, with one call to AWS", async () => {
    const input = {
      accountId: ACCOUNT,
      username: 'margaret',
      email: 'margaret@example.com',
      userType: 'PRIVATE_USER',
    };
    const { __typename, user } = await run(`user { ${userFields} }`, input);
    expect(__typename).toBe('CreateChimeUserSuccess');
    expect(user).toEqual({
      id: globalId('ChimeUser', ACCOUNT, user.userId),
      accountId: ACCOUNT,
      userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      primaryEmail: 'margaret@example.com',
      primaryProvisionedNumber: null,
      displayName: 'margaret',
      licenseType: 'PRO',
      userType: 'PRIVATE_USER',
      userRegistrationStatus: 'UNREGISTERED',
      userInvitationStatus: 'PENDING',
      registeredOn: null,
      invitedOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      personalPIN: expect.stringMatching(/^\d{10}$/),
      alexaForBusinessMetadata: { isAlexaForBusinessEnabled: false, alexaForBusinessRoomArn: null },
    });
    expect(gateway.calls()).toEqual(['CreateUser']);
    const { data } = await gateway.query(
      `query ($id: ID!) { node(id: $id) { ... on ChimeUser { ${userFields} } } }`,
      { id: user.id },
    );
    expect(data.node).toEqual(user);
  });

  test('refuses an e-mail address that another user of the account has', async () => {
    const result = await run('__typename', { accountId: ACCOUNT, email: 'ada@example.com' });
    const [request] = gateway.localAws.requests.list();
    expect(result).toEqual({
      __typename: 'ConflictError',
      message: `The Amazon Chime account ${ACCOUNT} already has this user.`,
      code: 'CONFLICT',
      providerCode: 'ConflictException',
      requestId: request?.requestId,
      retryable: false,
      reason: 'ALREADY_EXISTS',
    });
  });

  test('refuses an account that does not exist', async () => {
    expect(await run('__typename', { accountId: NO_ACCOUNT, email: 'ada@example.com' })).toMatchObject({
      __typename: 'NotFoundError',
      message: `There is no Amazon Chime account ${NO_ACCOUNT}.`,
      providerCode: 'NotFoundException',
      resourceType: 'ACCOUNT',
      resourceId: NO_ACCOUNT,
    });
  });

  test('names everything that is wrong at once, before it calls AWS', async () => {
    const result = await run('__typename', {
      accountId: ' ',
      email: 'ada at example',
      idempotencyKey: 'not a key',
    });
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [
        {
          path: ['accountId'],
          message: 'accountId must have at least one character that is not white space, and no line break.',
        },
        { path: ['email'], message: 'email must be an e-mail address such as ada@example.com.' },
        {
          path: ['idempotencyKey'],
          message: 'idempotencyKey may contain only letters, digits, "-" and "_".',
        },
      ],
    });
    expect(gateway.calls()).toEqual([]);
  });

  test.each(['.', '..'])(
    'refuses the accountId "%s", which would lead to another operation of AWS',
    async accountId => {
      expect(await run('__typename', { accountId, email: 'ada@example.com' })).toMatchObject({
        __typename: 'InvalidInputError',
        issues: [{ path: ['accountId'], message: 'accountId must not be "." or "..".' }],
      });
      expect(gateway.calls()).toEqual([]);
    },
  );

  test.each(['a@b.c', '@@b.c', 'a@b.c.', 'a b@c d.e f'])(
    'takes the e-mail address "%s", as AWS\'s pattern does',
    async email => {
      expect((await run('__typename', { accountId: ACCOUNT, email })).__typename).toBe(
        'CreateChimeUserSuccess',
      );
    },
  );

  test.each(['', '@b.c', 'a@.c', 'a@b.', 'a@bc', 'ab.c', 'a@b.c\n'])(
    'refuses the e-mail address "%s", as AWS\'s pattern does',
    async email => {
      const { issues } = await run('__typename', { accountId: ACCOUNT, email });
      expect(issues).toEqual([
        { path: ['email'], message: 'email must be an e-mail address such as ada@example.com.' },
      ]);
    },
  );

  test('refuses a hostile e-mail address at once', async () => {
    const start = performance.now();
    const { __typename } = await run('__typename', { accountId: ACCOUNT, email: '@'.repeat(200_000) });
    expect(__typename).toBe('InvalidInputError');
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('chimeUser', () => {
  test.each([
    ['userId', `{userId: "${demoWorld.chime.users[0]?.userId}"}`, ['GetUser']],
    ['email', '{email: "ada@example.com"}', ['ListUsers']],
  ])('finds a user by its %s with one call to AWS', async (_, by, expectedCalls) => {
    const { data, errors } = await gateway.query(
      `{ chimeUser(accountId: "${ACCOUNT}", by: ${by}) { primaryEmail userType } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.chimeUser).toEqual({ primaryEmail: 'ada@example.com', userType: 'PRIVATE_USER' });
    expect(gateway.calls()).toEqual(expectedCalls);
  });

  test.each([
    ['user', `accountId: "${ACCOUNT}", by: {userId: "${NO_ACCOUNT}"}`],
    ['e-mail address', `accountId: "${ACCOUNT}", by: {email: "nobody@example.com"}`],
    ['account', `accountId: "${NO_ACCOUNT}", by: {email: "ada@example.com"}`],
  ])('says null for a %s that does not exist', async (_, args) => {
    const { data, errors } = await gateway.query(`{ chimeUser(${args}) { userId } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ chimeUser: null });
  });

  test('asks AWS once for the same user in one request', async () => {
    const lookUp = `chimeUser(accountId: "${ACCOUNT}", by: {email: "ada@example.com"}) { userId }`;
    await gateway.query(`{ a: ${lookUp} b: ${lookUp} }`);
    expect(gateway.calls()).toEqual(['ListUsers']);
  });
});

const [ada] = demoWorld.chime.users.map(({ userId }) => userId);
const key = { accountId: ACCOUNT, userId: ada };

const missing = {
  __typename: 'NotFoundError',
  message: `The Amazon Chime account ${ACCOUNT} has no user ${NO_ACCOUNT}, or there is no such account.`,
  providerCode: 'NotFoundException',
  resourceType: 'USER',
  resourceId: NO_ACCOUNT,
};

describe('updateChimeUser', () => {
  test('changes what is given, and reads the whole user back when it is asked for', async () => {
    const input = {
      ...key,
      licenseType: 'BASIC',
      alexaForBusinessMetadata: { isAlexaForBusinessEnabled: true },
    };
    const select = `user { primaryEmail licenseType userType alexaForBusinessMetadata { isAlexaForBusinessEnabled } }`;
    expect(await runMutation(gateway, 'updateChimeUser', input, select)).toEqual({
      __typename: 'UpdateChimeUserSuccess',
      user: {
        primaryEmail: 'ada@example.com',
        licenseType: 'BASIC',
        userType: 'PRIVATE_USER',
        alexaForBusinessMetadata: { isAlexaForBusinessEnabled: true },
      },
    });
    expect(gateway.calls()).toEqual(['UpdateUser', 'GetUser']);
  });

  test.each([
    [{}, 'Give at least one of licenseType, userType, alexaForBusinessMetadata to change.'],
    [{ licenseType: null }, 'licenseType cannot be unset.'],
    [{ licenseType: 'BASIC', userType: null }, 'userType cannot be unset.'],
  ])('refuses %j before it calls AWS', async (changes, message) => {
    const result = await runMutation(gateway, 'updateChimeUser', { ...key, ...changes });
    expect(result).toMatchObject({ __typename: 'InvalidInputError', message });
    expect(gateway.calls()).toEqual([]);
  });

  test('tells what AWS may have meant when it refuses a licence', async () => {
    expect(await runMutation(gateway, 'updateChimeUser', { ...key, licenseType: 'PLUS' })).toMatchObject({
      __typename: 'InvalidInputError',
      message: 'Amazon Chime refused the change. A user has only licences that the account supports.',
      providerCode: 'BadRequestException',
    });
  });
});

describe('logOutChimeUser', () => {
  test('signs a user out with one call', async () => {
    expect((await runMutation(gateway, 'logOutChimeUser', key)).__typename).toBe('LogOutChimeUserSuccess');
    expect(gateway.calls()).toEqual(['LogoutUser']);
  });
});

describe('resetChimeUserPin', () => {
  test('answers with the whole user and another PIN', async () => {
    const { user } = await runMutation(gateway, 'resetChimeUserPin', key, `user { ${userFields} }`);
    expect(gateway.calls()).toEqual(['ResetPersonalPIN']);
    const { data } = await gateway.query(
      'query ($id: ID!) { node(id: $id) { ... on ChimeUser { ' + userFields + ' } } }',
      {
        id: user.id,
      },
    );
    expect(data.node).toEqual(user);
    expect(user.personalPIN).toMatch(/^\d{10}$/);
    expect(user.personalPIN).not.toBe(demoWorld.chime.users[0].pin);
  });

  test('is not sent again when its answer was lost, as the PIN would be another one', async () => {
    gateway.localAws.faults.add({
      operation: 'ResetPersonalPIN',
      times: 1,
      effect: { type: 'drop', when: 'after' },
    });
    expect(await runMutation(gateway, 'resetChimeUserPin', key)).toMatchObject({
      __typename: 'ProviderFailureError',
      message: expect.stringMatching(/The outcome is unknown: .* Look before you repeat it\.$/),
      retryable: false,
    });
    expect(gateway.calls()).toEqual(['ResetPersonalPIN']);
  });
});

describe('updateChimeUserSettings', () => {
  const select = 'settings { telephony { inboundCalling outboundCalling sms } }';
  const settingsOf = async () => {
    const { data, errors } = await gateway.query(
      `{ chimeUser(accountId: "${ACCOUNT}", by: {userId: "${ada}"}) { ${select} } }`,
    );
    expect(errors).toBeUndefined();
    return data.chimeUser.settings;
  };

  test('replaces all settings, which the user has then', async () => {
    const off = { telephony: { inboundCalling: false, outboundCalling: false, sms: false } };
    expect(await settingsOf()).toEqual(off);
    const settings = { telephony: { inboundCalling: true, outboundCalling: false, sms: true } };
    gateway.localAws.requests.clear();
    const input = { ...key, userSettings: settings };
    expect(await runMutation(gateway, 'updateChimeUserSettings', input, select)).toEqual({
      __typename: 'UpdateChimeUserSettingsSuccess',
      settings,
    });
    expect(gateway.calls()).toEqual(['UpdateUserSettings']);
    expect(await settingsOf()).toEqual(settings);
  });

  test.each(['accountId', 'userId'])(
    'refuses an empty %s, which would lead to another operation of AWS',
    async name => {
      const userSettings = { telephony: { inboundCalling: true, outboundCalling: false, sms: true } };
      const input = { ...key, userSettings, [name]: '' };
      expect(await runMutation(gateway, 'updateChimeUserSettings', input)).toMatchObject({
        __typename: 'InvalidInputError',
        issues: [{ path: [name], message: `${name} must not be empty.` }],
      });
      expect(gateway.calls()).toEqual([]);
    },
  );
});

const give = (userId: string | undefined, e164PhoneNumber: string) =>
  runMutation(
    gateway,
    'associateChimePhoneNumberWithUser',
    { accountId: ACCOUNT, userId, e164PhoneNumber },
    'user { primaryProvisionedNumber }',
  );
const take = () =>
  runMutation(gateway, 'disassociateChimePhoneNumberFromUser', key, 'user { primaryProvisionedNumber }');

describe('The phone number of a user', () => {
  test('is given and taken away', async () => {
    expect(await give(ada, '+12065550100')).toEqual({
      __typename: 'AssociateChimePhoneNumberWithUserSuccess',
      user: { primaryProvisionedNumber: '+12065550100' },
    });
    expect(await take()).toEqual({
      __typename: 'DisassociateChimePhoneNumberFromUserSuccess',
      user: { primaryProvisionedNumber: null },
    });
    expect(gateway.calls()).toEqual([
      'AssociatePhoneNumberWithUser',
      'GetUser',
      'DisassociatePhoneNumberFromUser',
      'GetUser',
    ]);
  });

  test("is no other user's", async () => {
    await give(ada, '+12065550100');
    expect(await give(demoWorld.chime.users[1].userId, '+12065550100')).toMatchObject({
      __typename: 'InvalidInputError',
      message:
        "Amazon Chime does not give the user this number. It has to be in the AWS account's inventory, for Business Calling, and no other user's.",
      providerCode: 'BadRequestException',
    });
  });

  test('is refused before it calls AWS when it is none', async () => {
    expect((await give(ada, '0800')).__typename).toBe('InvalidInputError');
    expect(gateway.calls()).toEqual([]);
  });
});

test.each([
  ['updateChimeUser', { licenseType: 'BASIC' }],
  ['logOutChimeUser', {}],
  ['resetChimeUserPin', {}],
  [
    'updateChimeUserSettings',
    { userSettings: { telephony: { inboundCalling: true, outboundCalling: false, sms: true } } },
  ],
  ['associateChimePhoneNumberWithUser', { e164PhoneNumber: '+12065550100' }],
  ['disassociateChimePhoneNumberFromUser', {}],
])('%s refuses a user who does not exist', async (name, further) => {
  const input = { accountId: ACCOUNT, userId: NO_ACCOUNT, ...further };
  expect(await runMutation(gateway, name, input)).toMatchObject(missing);
});

describe('After a lost answer', () => {
  const settling = useGateway();

  test.each([
    [
      'associateChimePhoneNumberWithUser',
      'AssociatePhoneNumberWithUser',
      { e164PhoneNumber: '12065550100' },
      '+12065550100',
    ],
    ['disassociateChimePhoneNumberFromUser', 'DisassociatePhoneNumberFromUser', {}, null],
  ])(
    '%s looks at the user for what became of it',
    async (name, operation, further, primaryProvisionedNumber) => {
      for (const when of ['before', 'after'] as const) {
        settling.localAws.reset();
        if (primaryProvisionedNumber === null) {
          const number = { ...key, e164PhoneNumber: '+12065550100' };
          await runMutation(settling, 'associateChimePhoneNumberWithUser', number);
        }
        settling.localAws.faults.add({ operation, times: 1, effect: { type: 'drop', when } });
        const result = await runMutation(
          settling,
          name,
          { ...key, ...further },
          'user { primaryProvisionedNumber }',
        );
        expect(result.user).toEqual({ primaryProvisionedNumber });
        const calls = settling.calls().filter(each => each === operation);
        expect(calls).toHaveLength(when === 'before' ? 2 : 1);
      }
    },
  );
});
