/** Batches of Chime users: any number of them, and an outcome for each. */
import { expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { runMutation } from '../../support/mutations.ts';

// A batch of more users than AWS may be asked about is larger than bodies and batches usually may be.
const gateway = useGateway({ MAX_BODY_BYTES: '2000000', MAX_ANSWER_VALUES: '10000000' });
const { accountId, enterprise } = demoWorld.chime;
const [ada, grace, alan] = demoWorld.chime.users.map(({ userId }) => userId) as [string, string, string];
const [mary, dorothy] = enterprise.users.map(({ userId }) => userId) as [string, string];
const NOBODY = '00000000-0000-0000-0000-000000000000';

const outcomes = (success: string, fields: string) => `outcomes { __typename ... on ${success} { ${fields} }
  ... on Error { message code providerCode requestId retryable } ... on NotFoundError { resourceType resourceId } }`;

const suspended = outcomes('SuspendChimeUserSucceeded', 'accountId userId');

const suspend = (input: object) => runMutation(gateway, 'suspendChimeUsers', input, suspended);

const missing = (account: string, userId: string) => ({
  __typename: 'NotFoundError',
  message: `The Amazon Chime account ${account} has no user ${userId}, or there is no such account.`,
  code: 'NOT_FOUND',
  providerCode: 'NotFound',
  requestId: null,
  retryable: false,
  resourceType: 'USER',
  resourceId: userId,
});

const done = (account: string, userId: string) => ({
  __typename: 'SuspendChimeUserSucceeded',
  accountId: account,
  userId,
});

const emails = async () => {
  const { data } = await gateway.query(
    `{ chimeAccount(accountId: "${accountId}") { users { edges { node { primaryEmail } } } } }`,
  );
  return data.chimeAccount.users.edges.map(
    (edge: { node: { primaryEmail: string } }) => edge.node.primaryEmail,
  );
};

const status = async (userId: string) => {
  const { data } = await gateway.query(
    `{ chimeUser(accountId: "${enterprise.accountId}", by: {userId: "${userId}"}) { userRegistrationStatus } }`,
  );
  return data.chimeUser.userRegistrationStatus;
};

test('suspendChimeUsers takes users out of a Team account, and inviteChimeUsers brings them back', async () => {
  expect(await suspend({ accountId, userIdList: [NOBODY, ada, grace] })).toEqual({
    __typename: 'SuspendChimeUsersSuccess',
    outcomes: [missing(accountId, NOBODY), done(accountId, ada), done(accountId, grace)],
  });
  expect(gateway.calls()).toEqual(['BatchSuspendUser']);
  expect(await emails()).toEqual(['alan@example.com']);
  const invited = await runMutation(
    gateway,
    'inviteChimeUsers',
    { accountId, userEmailList: ['ada@example.com'] },
    outcomes('InviteChimeUserSucceeded', 'emailAddress inviteId status emailStatus'),
  );
  expect(invited.outcomes).toEqual([
    {
      __typename: 'InviteChimeUserSucceeded',
      emailAddress: 'ada@example.com',
      inviteId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'PENDING',
      emailStatus: 'SENT',
    },
  ]);
  expect(await emails()).toEqual(['alan@example.com', 'ada@example.com']);
});

test('suspendChimeUsers blocks users of an EnterpriseLWA account, until unsuspendChimeUsers', async () => {
  const ofEnterprise = { accountId: enterprise.accountId, userIdList: [mary, dorothy] };
  await suspend(ofEnterprise);
  expect(await status(mary)).toBe('SUSPENDED');
  const select = outcomes('UnsuspendChimeUserSucceeded', 'userId');
  expect((await runMutation(gateway, 'unsuspendChimeUsers', ofEnterprise, select)).outcomes).toEqual(
    [mary, dorothy].map(userId => ({ __typename: 'UnsuspendChimeUserSucceeded', userId })),
  );
  expect([await status(mary), await status(dorothy)]).toEqual(['REGISTERED', 'REGISTERED']);
});

test('updateChimeUsers changes each user by its own item, beside those that AWS refuses', async () => {
  const updateUserRequestItems = [
    { userId: ada, licenseType: 'BASIC' },
    { userId: grace, licenseType: 'PLUS' },
    { userId: alan, userType: 'SHARED_DEVICE' },
  ];
  const select = outcomes('UpdateChimeUserSucceeded', 'userId');
  const result = await runMutation(
    gateway,
    'updateChimeUsers',
    { accountId, updateUserRequestItems },
    select,
  );
  expect(result.outcomes).toMatchObject([
    { __typename: 'UpdateChimeUserSucceeded', userId: ada },
    {
      __typename: 'InvalidInputError',
      message: 'Amazon Chime refused the change. A user has only licences that the account supports.',
      providerCode: 'BadRequest',
    },
    { __typename: 'UpdateChimeUserSucceeded', userId: alan },
  ]);
  expect(gateway.calls()).toEqual(['BatchUpdateUser']);
});

const many = (count: number) => Array.from({ length: count }, (_, at) => `user-${at}@example.com`);

test.each([
  [0, 0],
  [50, 1],
  [51, 2],
  [120, 3],
])('%i invitations take %i calls, and have their outcomes in the order asked', async (count, calls) => {
  const userEmailList = many(count);
  const select = outcomes('InviteChimeUserSucceeded', 'emailAddress');
  const result = await runMutation(gateway, 'inviteChimeUsers', { accountId, userEmailList }, select);
  expect(result.outcomes).toEqual(
    userEmailList.map(emailAddress => ({ __typename: 'InviteChimeUserSucceeded', emailAddress })),
  );
  expect(gateway.calls()).toEqual(Array.from({ length: calls }, () => 'InviteUsers'));
});

test('What befalls one of several calls befalls its users alone', async () => {
  gateway.localAws.faults.add({
    operation: 'InviteUsers',
    times: 1,
    effect: { type: 'exception', name: 'ForbiddenException' },
  });
  const input = { accountId, userEmailList: many(60) };
  const { outcomes: all } = await runMutation(
    gateway,
    'inviteChimeUsers',
    input,
    outcomes('InviteChimeUserSucceeded', 'emailAddress'),
  );
  const refused = all.filter((each: { __typename: string }) => each.__typename === 'AccessDeniedError');
  expect([10, 50]).toContain(refused.length);
  expect(all.length - refused.length).toBe(60 - refused.length);
  expect(refused[0]).toMatchObject({
    message:
      'Amazon Chime refused the invitations. Only accounts of the type TEAM take them, and the credentials of this gateway need the permission.',
    providerCode: 'ForbiddenException',
  });
  const invited = all.filter(
    (each: { __typename: string }) => each.__typename === 'InviteChimeUserSucceeded',
  );
  expect(invited.length).toBe(60 - refused.length);
});

test('What befalls every call alike is the error of the mutation', async () => {
  const userIdList = Array.from({ length: 120 }, (_, at) => `user-${at}`);
  expect(await suspend({ accountId: NOBODY, userIdList })).toMatchObject({
    __typename: 'NotFoundError',
    message: `There is no Amazon Chime account ${NOBODY}.`,
    resourceType: 'ACCOUNT',
  });
  expect(gateway.calls()).toHaveLength(3);
});

test('A user who is asked for twice is sent once, and both items have the outcome', async () => {
  expect(await suspend({ accountId, userIdList: [ada, NOBODY, ada] })).toMatchObject({
    outcomes: [done(accountId, ada), missing(accountId, NOBODY), done(accountId, ada)],
  });
  gateway.localAws.reset();
  const userEmailList = ['new@example.com', 'NEW@example.com'];
  const select = outcomes('InviteChimeUserSucceeded', 'emailAddress inviteId');
  const { outcomes: invited } = await runMutation(
    gateway,
    'inviteChimeUsers',
    { accountId, userEmailList },
    select,
  );
  expect(invited[1]).toEqual(invited[0]);
  expect(await emails()).toHaveLength(4);
});

test('Of several changes of one user the later ones count', async () => {
  const updateUserRequestItems = [
    { userId: ada, licenseType: 'BASIC', userType: 'SHARED_DEVICE' },
    { userId: ada, licenseType: 'PRO' },
  ];
  const select = outcomes('UpdateChimeUserSucceeded', 'userId');
  const result = await runMutation(
    gateway,
    'updateChimeUsers',
    { accountId, updateUserRequestItems },
    select,
  );
  expect(result.outcomes).toHaveLength(2);
  const { data } = await gateway.query(
    `{ chimeUser(accountId: "${accountId}", by: {userId: "${ada}"}) { licenseType userType } }`,
  );
  expect(data.chimeUser).toEqual({ licenseType: 'PRO', userType: 'SHARED_DEVICE' });
});

test('What is wrong beside the items is told before anything is sent, together with what is wrong with any item', async () => {
  const userEmailList = [...many(52), 'nobody', ...many(3), 'no one'];
  expect(await runMutation(gateway, 'inviteChimeUsers', { accountId: ' ', userEmailList })).toMatchObject({
    __typename: 'InvalidInputError',
    issues: [
      {
        path: ['accountId'],
        message: 'accountId must have at least one character that is not white space, and no line break.',
      },
      {
        path: ['userEmailList', '52'],
        message: 'userEmailList.52 must be an e-mail address such as ada@example.com.',
      },
      {
        path: ['userEmailList', '56'],
        message: 'userEmailList.56 must be an e-mail address such as ada@example.com.',
      },
    ],
  });
  expect(gateway.calls()).toEqual([]);
});

test('An update that unsets what a user cannot do without has that as its outcome', async () => {
  const updateUserRequestItems = [
    { userId: ada, licenseType: 'BASIC' },
    { userId: grace, licenseType: null },
  ];
  const select = outcomes('UpdateChimeUserSucceeded', 'userId');
  const result = await runMutation(
    gateway,
    'updateChimeUsers',
    { accountId, updateUserRequestItems },
    select,
  );
  expect(result.outcomes).toMatchObject([
    { __typename: 'UpdateChimeUserSucceeded', userId: ada },
    { __typename: 'InvalidInputError', message: 'updateUserRequestItems.1.licenseType cannot be unset.' },
  ]);
});

test.each([
  [
    'inviteChimeUsers',
    { accountId: enterprise.accountId, userEmailList: ['new@example.com'] },
    'InvalidInputError',
    'Amazon Chime refused the invitations. Only accounts of the type TEAM take them, and the credentials of this gateway need the permission.',
  ],
  [
    'unsuspendChimeUsers',
    { accountId, userIdList: [ada] },
    'AccessDeniedError',
    'Amazon Chime refused. Only an account of the type ENTERPRISE_LWA can end a suspension, and the credentials of this gateway need the permission.',
  ],
])('%s says which type of account it is for', async (name, input, __typename, message) => {
  expect(await runMutation(gateway, name, input)).toMatchObject({ __typename, message });
});

test('inviteChimeUsers is not sent again when its answer was lost', async () => {
  gateway.localAws.faults.add({
    operation: 'InviteUsers',
    times: 1,
    effect: { type: 'drop', when: 'after' },
  });
  const input = { accountId, userEmailList: ['new@example.com'] };
  expect(await runMutation(gateway, 'inviteChimeUsers', input)).toMatchObject({
    __typename: 'ProviderFailureError',
    message: expect.stringMatching(/The outcome is unknown: .* Look before you repeat it\.$/),
    retryable: false,
  });
  expect(gateway.calls()).toEqual(['InviteUsers']);
});

const codes = {
  AccessDenied: 'AccessDeniedError',
  BadRequest: 'InvalidInputError',
  Conflict: 'ConflictError',
  Forbidden: 'AccessDeniedError',
  NotFound: 'NotFoundError',
  PhoneNumberAssociationsExist: 'ConflictError',
  PreconditionFailed: 'ConflictError',
  ResourceLimitExceeded: 'QuotaExceededError',
  ServiceFailure: 'ProviderFailureError',
  ServiceUnavailable: 'ProviderFailureError',
  Throttled: 'ThrottledError',
  Throttling: 'ThrottledError',
  Unauthorized: 'AccessDeniedError',
  Unprocessable: 'InvalidInputError',
  VoiceConnectorGroupAssociationsExist: 'ConflictError',
  ByNobodyKnown: 'ProviderFailureError',
} as const;

function answer(body: object): void {
  gateway.localAws.faults.add({
    operation: 'BatchSuspendUser',
    effect: {
      type: 'response',
      status: 200,
      body: JSON.stringify(body),
      contentType: 'application/json',
      requestId: true,
    },
  });
}

test.each(Object.entries(codes))("AWS's code %s for a user is a %s", async (ErrorCode, type) => {
  answer({ UserErrors: [{ UserId: ada, ErrorCode, ErrorMessage: 'Secret' }] });
  const result = await suspend({ accountId, userIdList: [ada, grace] });
  expect(result.outcomes).toMatchObject([
    {
      __typename: type,
      providerCode: ErrorCode,
      message: expect.stringMatching(/^(?!.*Secret)[A-Z].{20,}\.$/),
      retryable: type === 'ThrottledError' || type === 'ProviderFailureError',
    },
    done(accountId, grace),
  ]);
});

test.each([
  ['UserId', { ErrorCode: 'NotFound' }],
  ['ErrorCode', { UserId: ada }],
])('An answer that tells of an error without %s is not believed', async (member, error) => {
  answer({ UserErrors: [error] });
  expect(await suspend({ accountId, userIdList: [ada] })).toMatchObject({
    __typename: 'ProviderFailureError',
    message: expect.stringContaining(`gave an answer without ${member}.`),
  });
});

test('A second batch of more users than the calls to AWS of one request is refused before anything is sent', async () => {
  const userIdList = Array.from({ length: 50 * 3_001 }, (_, at) => at.toString(36).padStart(8, 'u'));
  const first = `first: suspendChimeUsers(input: {accountId: "${accountId}", userIdList: ["a"]}) { __typename }`;
  const { errors } = await gateway.query(
    `mutation ($input: SuspendChimeUsersInput!) { ${first} second: suspendChimeUsers(input: $input) { __typename } }`,
    { input: { accountId, userIdList } },
  );
  expect(errors?.[0]?.message).toContain('3001');
  const { errors: ofLiteral } = await gateway.query(
    `mutation ($ids: [String!]!) {
      ${first} second: suspendChimeUsers(input: {accountId: "${accountId}", userIdList: $ids}) { __typename }
    }`,
    { ids: userIdList },
  );
  expect(ofLiteral?.map(({ message }) => message)).toEqual(errors?.map(({ message }) => message));
  expect(gateway.calls()).toEqual([]);
});
