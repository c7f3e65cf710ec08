/** Tokens that are limited to some resources reach no others, by whatever operation. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { documentsOf, finderOf, nodeTypes } from '../support/everything.ts';
import { type Answer, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { ask, withToken } from '../support/tokens.ts';

const STORE = 'd-9067012345';
const ANALYSTS = '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1';
const ACCOUNT = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

let issuer: TestIssuer;
let gateway: TestGateway;
const ids = new Map<string, string>();

beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startTestGateway({ ...issuer.env, MAX_UPSTREAM_CALLS: '10000' });
  for (const { name } of nodeTypes) {
    const finder = finderOf(name);
    ids.set(name, (await query(finder.call('{ id }'), undefined)).data[finder.name].id);
  }
});
beforeEach(() => gateway.localAws.reset());
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

async function query(document: string, resources: unknown): Promise<Answer> {
  const token = await issuer.token({ scope: '*', resources });
  return (await ask(gateway, withToken(token), document)).body as Answer;
}

/** The members that say what calls reach, by the names that callsWith gives them. */
const members = new Map<string, readonly string[]>(
  operations().flatMap(({ aws }) =>
    aws.map(each => [`${each.service.model.service}:${each.name}`, each.resourceMembers] as const),
  ),
);

/** Those calls whose requests have a member like this. */
function naming(calls: Iterable<string>, member: (name: string) => boolean): ReadonlySet<string> {
  return new Set([...calls].filter(call => members.get(call)?.some(member)));
}

const asked = () => gateway.localAws.requests.list();

/** Every call that all that can be asked for comes to. */
async function callsWith(resources: unknown): Promise<readonly string[]> {
  gateway.localAws.reset();
  for (const root of ['query', 'mutation'] as const) {
    for (const document of documentsOf(root, ids)) {
      const answer = await query(document, resources);
      expect(answer).toHaveProperty('data');
    }
  }
  return asked().map(({ service, operation }) => `${service}:${operation}`);
}

describe('whatever is asked for', () => {
  it.each<[string, unknown]>([
    ['nothing', []],
    ['a text that is none', ''],
    ['what makes no sense', 5],
    ['null', null],
    [
      'what does not exist',
      [
        'rekognition:collection/other',
        'identity-store:d-1111111111',
        'identity-store:d-1111111111/group/*',
        `identity-store:${STORE}/group/other`,
        'chime:account/other',
      ],
    ],
    [
      'what only begins alike',
      ['rekognition:collection/employee', `identity-store:${STORE}0`, 'chime:account/6f1c'],
    ],
    ['what is written otherwise', ['collection/employees', STORE, ACCOUNT, 'REKOGNITION:*']],
  ])('a token that is limited to %s does not reach AWS', async (_what, resources) => {
    expect(await callsWith(resources)).toEqual([]);
  });

  it('a token reaches what it is limited to, and no list of what is beside it', async () => {
    const all = new Set(await callsWith(undefined));
    const bounded = new Set(
      await callsWith([
        'rekognition:collection/*',
        `identity-store:${STORE}`,
        'chime:account/*',
        'chime-sdk-identity:app-instance/4d5e6f70-*',
      ]),
    );
    expect(bounded).toEqual(naming(all, () => true));
    expect(all.difference(bounded)).toContain('rekognition:ListCollections');
  });

  it('a token that is limited to groups reaches what names a group, and nothing else of their store', async () => {
    const all = await callsWith(undefined);
    const bounded = new Set(await callsWith([`identity-store:${STORE}/group/*`]));
    expect(bounded).toEqual(naming(all, name => /^GroupIds?$/.test(name)));
    expect(bounded).toContain('identitystore:DescribeGroup');
  });

  it.each([[['*']], [providers.map(({ id }) => `${id}:*`)], ['* other']])(
    'a token that is limited to %j reaches everything',
    async resources => {
      expect(new Set(await callsWith(resources))).toEqual(new Set(await callsWith(undefined)));
    },
  );

  it('a token of one provider does not reach another', async () => {
    const services = (await callsWith(['identity-store:*'])).map(call => call.split(':')[0]);
    expect(new Set(services)).toEqual(new Set(['identitystore']));
  });
});

const denied = (message: string) => ({
  code: 'ACCESS_DENIED',
  providerCode: null,
  requestId: null,
  retryable: false,
  scope: null,
  message,
});

const beyond = (resource: string) =>
  denied(`The caller is limited to some resources, of which ${resource} is none.`);

const groupById = (groupId: string) => `{ identityStoreGroup(by: {groupId: "${groupId}"}) { displayName } }`;

/** As a query's error tells it. */
async function errorOf(document: string, resources: readonly string[]) {
  const { data, errors = [] } = await query(document, resources);
  expect(Object.values(data)).toEqual([null]);
  return errors.map(({ message, extensions }) => ({ ...extensions, message }));
}

describe('what is out of bounds', () => {
  const only = ['rekognition:collection/employees', `identity-store:${STORE}`];

  it('is refused by type in a mutation', async () => {
    const document = `mutation {
      result: createRekognitionUser(input: {collectionId: "visitors", userId: "x"}) {
        __typename
        ... on AccessDeniedError { message code providerCode requestId retryable scope }
      }
    }`;
    expect((await query(document, only)).data.result).toEqual({
      __typename: 'AccessDeniedError',
      ...beyond('rekognition:collection/visitors'),
    });
    expect(asked()).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      'a look-up',
      '{ rekognitionUser(collectionId: "visitors", userId: "ada") { id } }',
      'rekognition:collection/visitors',
    ],
    [
      'a list',
      '{ identityStoreUsers(identityStoreId: "d-1111111111") { edges { cursor } } }',
      'identity-store:d-1111111111',
    ],
    [
      'a look-up that AWS takes two calls for',
      '{ identityStoreUser(identityStoreId: "d-1111111111", by: {userName: "ada"}) { id } }',
      'identity-store:d-1111111111',
    ],
    [
      'a look-up by an address',
      `{ chimeUser(accountId: "${ACCOUNT}", by: {email: "ada@example.com"}) { id } }`,
      `chime:account/${ACCOUNT}`,
    ],
  ])('is an error, and never empty, in %s', async (_what, document, resource) => {
    expect(await errorOf(document, only)).toEqual([beyond(resource)]);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['rekognitionCollections', 'ListCollections'],
    ['chimeAccounts', 'ListAccounts'],
  ])('cannot be told from the rest in %s', async (field, operation) => {
    expect(await errorOf(`{ ${field} { edges { cursor } } }`, [...only, `chime:account/${ACCOUNT}`])).toEqual(
      [denied(`The caller is limited to some resources, and AWS's ${operation} cannot be limited to them.`)],
    );
  });

  it('is not found by a global id', async () => {
    const id = ids.get('ChimeUser');
    expect(await errorOf(`{ node(id: "${id}") { id } }`, only)).toEqual([beyond(`chime:account/${ACCOUNT}`)]);
    const own = ids.get('RekognitionUser');
    const { data, errors } = await query(`{ nodes(ids: ["${own}", "${id}"]) { id } }`, only);
    expect(data).toEqual({ nodes: [{ id: own }, null] });
    expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'ACCESS_DENIED' } }]);
  });

  it('is another group of the same store, and all else in it', async () => {
    const own = [`identity-store:${STORE}/group/${ANALYSTS}`];
    expect(await query(groupById(ANALYSTS), own)).toEqual({
      data: { identityStoreGroup: { displayName: 'Analysts' } },
    });
    const beside = `${ANALYSTS.slice(0, -2)}b2`;
    expect(await errorOf(groupById(beside), own)).toEqual([
      beyond(`identity-store:${STORE}/group/${beside}`),
    ]);
    for (const document of [
      '{ identityStoreGroup(by: {displayName: "Analysts"}) { groupId } }',
      '{ identityStoreGroups { edges { cursor } } }',
      '{ identityStoreUsers { edges { cursor } } }',
      '{ identityStoreUser(by: {userName: "ada"}) { id } }',
    ]) {
      expect(await errorOf(document, own)).toEqual([beyond(`identity-store:${STORE}`)]);
    }
    expect(gateway.calls()).toEqual(['DescribeGroup']);
  });

  it('is no user who is made a member of a group in it, or asked about, by its id; but whoever is one stays', async () => {
    const own = [`identity-store:${STORE}/group/${ANALYSTS}`];
    const userId = (await query('{ identityStoreUser(by: {userName: "grace"}) { userId } }', undefined)).data
      .identityStoreUser.userId;
    const add = (groupId: string) =>
      `mutation { result: createIdentityStoreGroupMembership(input: {groupId: "${groupId}", userId: "${userId}"}) { __typename ... on Error { message } } }`;
    const isMember = `{ result: isMemberInGroups(userId: "${userId}", groupIds: ["${ANALYSTS}"]) { membershipExists } }`;
    const remove = `mutation { result: removeUsersFromGroup(input: {groupId: "${ANALYSTS}", userIds: ["${userId}"]}) { ... on RemoveUsersFromGroupSuccess { outcomes { __typename ... on Error { message } } } } }`;
    expect((await query(add(ANALYSTS), own)).data.result).toEqual({
      __typename: 'CreateIdentityStoreGroupMembershipSuccess',
    });
    expect((await query(isMember, own)).data.result).toEqual([{ membershipExists: true }]);
    const beside = `${ANALYSTS.slice(0, -2)}b2`;
    expect((await query(add(beside), own)).data.result).toEqual({
      __typename: 'AccessDeniedError',
      message: `The caller is limited to some resources, of which identity-store:${STORE}/group/${beside} is none.`,
    });
    expect((await query(remove, own)).data.result.outcomes).toEqual([
      {
        __typename: 'AccessDeniedError',
        message: `The caller is limited to some resources, of which identity-store:${STORE} is none.`,
      },
    ]);
    expect((await query(isMember, undefined)).data.result).toEqual([{ membershipExists: true }]);
  });

  it('is the store that the gateway takes by itself, too', async () => {
    expect(
      await errorOf('{ identityStoreUsers { edges { cursor } } }', ['identity-store:d-1111111111']),
    ).toEqual([beyond(`identity-store:${STORE}`)]);
  });
});

describe('patterns', () => {
  const document = '{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }';

  it.each([
    'rekognition:collection/employees',
    'rekognition:collection/*',
    'rekognition:*',
    'rekognition:collection/e*s',
    'rekognition:collection/*ploy*',
    '*:collection/employees',
    '*employees',
    'rekognition:collection/employees*',
  ])('%s has it in it', async pattern => {
    expect(await query(document, [pattern])).toEqual({ data: { rekognitionUser: { userId: 'ada' } } });
  });

  it.each([
    'rekognition:collection/employe',
    'rekognition:collection/employees-*',
    'rekognition:collection/e*x',
    'rekognition:collection/employees*s',
    'rekognition:collection/.*',
    'rekognition:collection/?mployees',
    'ition:collection/employees',
    'employees',
  ])('%s has it not', async pattern => {
    expect(await query(document, [pattern])).toMatchObject({
      errors: [{ extensions: { code: 'ACCESS_DENIED' } }],
    });
  });

  it('take no long time, however they are made', async () => {
    const patterns = [`rekognition:${'*e'.repeat(1_000)}x`, 'rekognition:collection/employees'];
    expect(await query(document, patterns)).toEqual({ data: { rekognitionUser: { userId: 'ada' } } });
  });
});

it.each([
  ['is no object', { limits: 'rekognition:*' }, false],
  ['is null', { limits: null }, false],
  ['limits to nothing', { limits: { resources: [] } }, false],
  ['has no such member', { limits: {} }, true],
])('a token whose claim with a path %s', async (_what, claims, isUnlimited) => {
  const nested = await startTestGateway({ ...issuer.env, OIDC_RESOURCES_CLAIM: 'limits.resources' });
  onTestFinished(() => nested.stop());
  const token = await issuer.token({ scope: '*', ...claims });
  const response = await fetch(`${nested.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{ rekognitionCollections { edges { node { id } } } }"}',
  });
  const { errors } = (await response.json()) as Answer;
  expect(errors?.[0]?.extensions['code']).toBe(isUnlimited ? undefined : 'ACCESS_DENIED');
});
