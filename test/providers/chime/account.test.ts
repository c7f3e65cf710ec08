import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { runMutation } from '../../support/mutations.ts';

const ACCOUNT = demoWorld.chime.accountId;
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

describe('chimeAccount', () => {
  test('describes an account and pages through its users', async () => {
    const document = `query ($after: String) { chimeAccount(accountId: "${ACCOUNT}") {
      id accountId awsAccountId name accountType accountStatus createdTimestamp defaultLicense supportedLicenses signinDelegateGroups
      users(first: 2, after: $after) { edges { node { primaryEmail } } pageInfo { hasNextPage endCursor } } } }`;
    const {
      data: { chimeAccount },
    } = await gateway.query(document);
    expect(chimeAccount).toEqual({
      id: Buffer.from(`ChimeAccount:${ACCOUNT}`).toString('base64url'),
      accountId: ACCOUNT,
      awsAccountId: '123456789012',
      name: 'Demo Team',
      accountType: 'TEAM',
      accountStatus: 'ACTIVE',
      createdTimestamp: expect.stringMatching(/Z$/),
      defaultLicense: 'PRO',
      supportedLicenses: ['BASIC', 'PRO'],
      signinDelegateGroups: [],
      users: {
        edges: [
          { node: { primaryEmail: 'ada@example.com' } },
          { node: { primaryEmail: 'grace@example.com' } },
        ],
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      },
    });
    const { data: next } = await gateway.query(document, { after: chimeAccount.users.pageInfo.endCursor });
    expect(next.chimeAccount.users).toMatchObject({
      edges: [{ node: { primaryEmail: 'alan@example.com' } }],
      pageInfo: { hasNextPage: false },
    });
  });

  test('is null when it does not exist', async () => {
    const { data, errors } = await gateway.query(`{ chimeAccount(accountId: "${NO_ACCOUNT}") { name } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ chimeAccount: null });
  });
});

describe('chimeAccounts', () => {
  test('lists the accounts page by page, whole, with one call for each page', async () => {
    const document = `query ($after: String) { chimeAccounts(first: 1, after: $after) {
      edges { node { id accountId name accountType supportedLicenses } } pageInfo { hasNextPage endCursor } } }`;
    const { data } = await gateway.query(document);
    expect(data.chimeAccounts).toEqual({
      edges: [
        {
          node: {
            id: Buffer.from(`ChimeAccount:${ACCOUNT}`).toString('base64url'),
            accountId: ACCOUNT,
            name: 'Demo Team',
            accountType: 'TEAM',
            supportedLicenses: ['BASIC', 'PRO'],
          },
        },
      ],
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    });
    const { data: next } = await gateway.query(document, { after: data.chimeAccounts.pageInfo.endCursor });
    expect(next.chimeAccounts).toMatchObject({
      edges: [{ node: { name: 'Demo Enterprise', accountType: 'ENTERPRISE_LWA' } }],
      pageInfo: { hasNextPage: true },
    });
    expect(gateway.localAws.requests.list().map(({ operation }) => operation)).toEqual([
      'ListAccounts',
      'ListAccounts',
    ]);
  });
});

const { enterprise, spare } = demoWorld.chime;

const missing = {
  __typename: 'NotFoundError',
  message: `There is no Amazon Chime account ${NO_ACCOUNT}.`,
  providerCode: 'NotFoundException',
  resourceType: 'ACCOUNT',
  resourceId: NO_ACCOUNT,
};

const run = (name: string, input: object, select?: string) => runMutation(gateway, name, input, select);

describe('createChimeAccount', () => {
  test('makes a Team account with one call to AWS, and another one of the same name', async () => {
    const select =
      'account { id accountId awsAccountId name accountType accountStatus defaultLicense supportedLicenses signinDelegateGroups }';
    const { account } = await run('createChimeAccount', { name: 'Calculators' }, select);
    expect(account).toEqual({
      id: globalId('ChimeAccount', account.accountId),
      accountId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      awsAccountId: '123456789012',
      name: 'Calculators',
      accountType: 'TEAM',
      accountStatus: 'ACTIVE',
      defaultLicense: 'PRO',
      supportedLicenses: ['BASIC', 'PRO'],
      signinDelegateGroups: [],
    });
    expect(gateway.calls()).toEqual(['CreateAccount']);
    const { account: other } = await run('createChimeAccount', { name: 'Calculators' }, select);
    expect(other.accountId).not.toBe(account.accountId);
  });
});

describe('updateChimeAccount', () => {
  test('changes what is given, and answers with the whole account of one call', async () => {
    const select = 'account { accountId name defaultLicense accountType }';
    expect(await run('updateChimeAccount', { accountId: ACCOUNT, defaultLicense: 'BASIC' }, select)).toEqual({
      __typename: 'UpdateChimeAccountSuccess',
      account: { accountId: ACCOUNT, name: 'Demo Team', defaultLicense: 'BASIC', accountType: 'TEAM' },
    });
    expect(gateway.calls()).toEqual(['UpdateAccount']);
  });

  test.each([
    [{}, 'Give at least one of name, defaultLicense to change.'],
    [{ name: null, defaultLicense: 'BASIC' }, 'name cannot be unset.'],
    [{ name: 'Calculators', defaultLicense: null }, 'defaultLicense cannot be unset.'],
  ])('refuses %j before it calls AWS', async (changes, message) => {
    expect(await run('updateChimeAccount', { accountId: ACCOUNT, ...changes })).toMatchObject({
      __typename: 'InvalidInputError',
      message,
    });
    expect(gateway.calls()).toEqual([]);
  });

  test('tells what AWS may have meant when it refuses a licence', async () => {
    expect(await run('updateChimeAccount', { accountId: ACCOUNT, defaultLicense: 'PLUS' })).toMatchObject({
      __typename: 'InvalidInputError',
      message: 'Amazon Chime refused the change. An account has only default licences that it supports.',
      providerCode: 'BadRequestException',
    });
  });

  test('refuses an account that does not exist', async () => {
    expect(await run('updateChimeAccount', { accountId: NO_ACCOUNT, name: 'x' })).toMatchObject(missing);
  });
});

describe('deleteChimeAccount', () => {
  const input = { accountId: spare.accountId };

  test('deletes an account without users, and answers with its ids', async () => {
    expect(await run('deleteChimeAccount', input, 'deletedAccountId accountId')).toEqual({
      __typename: 'DeleteChimeAccountSuccess',
      deletedAccountId: globalId('ChimeAccount', spare.accountId),
      accountId: spare.accountId,
    });
    expect(gateway.calls()).toEqual(['DeleteAccount']);
  });

  test.each([ACCOUNT, enterprise.accountId])('says of %s what to do first', async accountId => {
    expect(await run('deleteChimeAccount', { accountId })).toMatchObject({
      __typename: 'InvalidInputError',
      message:
        'Amazon Chime does not delete an account with users who are not suspended. Suspend them first, and release the domains of an Enterprise account.',
      providerCode: 'UnprocessableEntityException',
      issues: [{ path: [] }],
    });
  });

  test('refuses an account that does not exist', async () => {
    expect(await run('deleteChimeAccount', { accountId: NO_ACCOUNT })).toMatchObject(missing);
  });
});
