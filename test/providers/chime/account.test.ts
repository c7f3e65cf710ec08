import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

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
