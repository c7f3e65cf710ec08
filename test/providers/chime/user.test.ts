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
