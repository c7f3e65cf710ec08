import { describe, expect, test } from 'vitest';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { documentOf, mutationNamed, refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, notFound } from '../../support/refusals.ts';
import { complete, minimal, noStore, sentFields } from '../../support/whole-user.ts';

const create = 'createIdentityStoreUser';
const remove = 'deleteIdentityStoreUser';
const STORE = 'd-9067012345';
const ADA = '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1';

const storedFields = 'userStatus createdAt createdBy updatedAt updatedBy externalIds { issuer id }';

const gateway = useGateway({ SETTLE_TIMEOUT_MS: '0' });

const run = (select: string, input: object) => runMutation(gateway, create, input, select);

const runDelete = (input: object) =>
  runMutation(gateway, remove, input, 'deletedUserId identityStoreId userId');

describe('createIdentityStoreUser', () => {
  test('returns every member that was sent, and the ids, with one call to AWS', async () => {
    const { __typename, user } = await run(`user { id ${sentFields} }`, complete);
    expect(__typename).toBe('CreateIdentityStoreUserSuccess');
    expect(user).toEqual({
      ...complete,
      id: globalId('IdentityStoreUser', STORE, user.userId),
      identityStoreId: STORE,
      userId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    expect(gateway.calls()).toEqual(['CreateUser']);
  });

  test('returns what AWS itself adds with one call more', async () => {
    const { user } = await run(`user { userName ${storedFields} }`, minimal);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(user).toEqual({
      userName: 'margaret',
      userStatus: 'ENABLED',
      createdAt: moment,
      createdBy: expect.any(String),
      updatedAt: moment,
      updatedBy: expect.any(String),
      externalIds: null,
    });
    expect(gateway.calls()).toEqual(['CreateUser', 'DescribeUser']);
  });

  test('is found again with all that was sent', async () => {
    const { user: created } = await run(`user { id ${sentFields} }`, complete);
    const { data } = await gateway.query(
      `query ($id: ID!) { node(id: $id) { ... on IdentityStoreUser { id ${sentFields} } } }`,
      {
        id: created.id,
      },
    );
    expect(data.node).toEqual(created);
  });

  test('stays a success when what AWS adds cannot be fetched', async () => {
    gateway.localAws.faults.add({
      operation: 'DescribeUser',
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const { data, errors } = await gateway.query(
      documentOf(mutationNamed(create), 'user { userName createdAt userStatus }'),
      { input: minimal },
    );
    expect(data.result).toMatchObject({ user: { userName: 'margaret', createdAt: null, userStatus: null } });
    expect(errors).toMatchObject([
      { path: ['result', 'user', 'createdAt'], extensions: { code: 'ACCESS_DENIED' } },
      { path: ['result', 'user', 'userStatus'], extensions: { code: 'ACCESS_DENIED' } },
    ]);
    expect(gateway.calls()).toEqual(['CreateUser', 'DescribeUser']);
  });

  test('treats null as absent', async () => {
    const nulls = {
      nickName: null,
      emails: null,
      addresses: null,
      extensions: null,
      identityStoreId: null,
      idempotencyKey: null,
    };
    const { user } = await run('user { nickName emails { value } extensions }', { ...minimal, ...nulls });
    expect(user).toEqual({ nickName: null, emails: null, extensions: null });
  });

  const taken = conflict(
    'ALREADY_EXISTS',
    `The identity store ${STORE} already has a user with this userName or e-mail address.`,
  );
  refuses(gateway, create, [
    [
      { ...minimal, userName: 'ada' },
      { ...taken, providerCode: 'ConflictException' },
    ],
    [{ ...minimal, emails: [{ value: 'ada@example.com' }] }, taken],
  ]);

  test('refuses a change at the same time as another, which may be retried', async () => {
    gateway.localAws.faults.add({
      effect: {
        type: 'exception',
        name: 'ConflictException',
        members: { Reason: 'CONCURRENT_MODIFICATION' },
      },
    });
    expect(await run('__typename', minimal)).toMatchObject({
      __typename: 'ConflictError',
      message: 'Another request changed the same resource at the same time. Try again.',
      reason: 'CONCURRENT_MODIFICATION',
      retryable: true,
    });
  });

  refuses(gateway, create, [[{ ...minimal, identityStoreId: 'd-0000000000' }, noStore]]);

  test('tells how long to wait when AWS says so', async () => {
    gateway.localAws.faults.add({ effect: { type: 'throttle', retryAfterSeconds: 1 } });
    const { data } = await gateway.query(
      documentOf(mutationNamed(create), '__typename').replace(
        '... on Error',
        '... on ThrottledError { retryAfterSeconds } ... on Error',
      ),
      { input: minimal },
    );
    expect(data.result).toMatchObject({
      __typename: 'ThrottledError',
      retryAfterSeconds: 1,
      retryable: true,
    });
    expect(gateway.calls()).toEqual(['CreateUser', 'CreateUser', 'CreateUser']);
  });

  test('is not repeated after a lost answer, since AWS would not recognise the repeat', async () => {
    gateway.localAws.faults.add({ times: 1, effect: { type: 'drop', when: 'after' } });
    expect(await run('__typename', minimal)).toMatchObject({
      __typename: 'ProviderFailureError',
      message:
        'The Identity Store broke the connection before its answer was complete. The outcome is unknown: ' +
        'the change may or may not have been made. Look before you repeat it.',
    });
    expect(gateway.calls()).toEqual(['CreateUser']);
  });

  test("names everything that is wrong at once, by AWS's model and by its unwritten rules, before it calls AWS", async () => {
    const result = await run('__typename', {
      identityStoreId: 'D-9067012345',
      userName: 'mar garet',
      name: { givenName: '' },
      emails: [],
      addresses: [{ country: 'US' }, { country: 'CH' }],
      photos: [{ value: 'a' }, { value: 'b' }, { value: 'c' }, { value: '' }],
      extensions: { enterprise: {} },
      idempotencyKey: 'not a key',
    });
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      providerCode: null,
      requestId: null,
      retryable: false,
      issues: [
        {
          path: ['identityStoreId'],
          message:
            'identityStoreId must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case.',
        },
        {
          path: ['userName'],
          message:
            'userName may contain only letters, marks, symbols, digits and punctuation, and no white space.',
        },
        { path: ['name', 'givenName'], message: 'name.givenName must not be empty.' },
        { path: ['emails'], message: 'emails must have at least 1 entry.' },
        { path: ['addresses'], message: 'addresses must have at most 1 entry.' },
        { path: ['photos', '3', 'value'], message: 'photos.3.value must not be empty.' },
        { path: ['photos'], message: 'photos must have at most 3 entries.' },
        {
          path: ['extensions', 'enterprise'],
          message: 'extensions.enterprise must be "aws:identitystore:" and 1 to 20 lower-case letters.',
        },
        { path: ['displayName'], message: 'displayName is required.' },
        { path: ['name', 'familyName'], message: 'name.familyName is required.' },
        {
          path: ['idempotencyKey'],
          message: 'idempotencyKey may contain only letters, digits, "-" and "_".',
        },
      ],
    });
    expect(gateway.calls()).toEqual([]);
  });

  test('asks for all that AWS wants of a new user', async () => {
    const { issues } = await run('__typename', {});
    expect(issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'userName',
      'displayName',
      'name.givenName',
      'name.familyName',
    ]);
  });

  test.each(['Administrator', 'AWSAdministrators', 'administrator'])(
    'refuses the reserved name %s',
    async userName => {
      const { issues } = await run('__typename', { ...minimal, userName });
      expect(issues).toEqual([
        { path: ['userName'], message: 'userName must not be a name that AWS reserves for itself.' },
      ]);
      expect(gateway.calls()).toEqual([]);
    },
  );

  test('refuses each extension that AWS does not have', async () => {
    const extensions = {
      'aws:identitystore:other': {},
      'aws:identitystore:enterprise': {},
      'aws:identitystore:third': {},
    };
    const { issues } = await run('__typename', { ...minimal, extensions });
    expect(issues).toEqual(
      ['aws:identitystore:other', 'aws:identitystore:third'].map(name => ({
        path: ['extensions', name],
        message: `extensions.${name} is not known to AWS, which has only aws:identitystore:enterprise.`,
      })),
    );
    expect(gateway.calls()).toEqual([]);
  });

  const clef = '\u{1D11E}';
  test.each([
    ['userName', 128],
    ['displayName', 1024],
    ['nickName', 1024],
    ['website', 1024],
  ])(
    'takes a %s of %i characters, which may be outside the Basic Multilingual Plane, and refuses one more',
    async (field, max) => {
      const longest = await run('user { userId }', { ...minimal, [field]: clef.repeat(max) });
      expect(longest.__typename).toBe('CreateIdentityStoreUserSuccess');
      const tooLong = await run('__typename', {
        ...minimal,
        userName: 'other',
        [field]: clef.repeat(max + 1),
      });
      expect(tooLong.issues).toEqual([
        { path: [field], message: `${field} must be at most ${max} characters long.` },
      ]);
    },
  );

  test('keeps personal data out of messages and logs', async () => {
    const secret = 'hunter2-birthday';
    await run('__typename', { ...minimal, userName: 'ada', nickName: secret, title: `${secret}\u0000` });
    await run('__typename', { ...minimal, userName: 'ada', nickName: secret });
    const { data } = await gateway.query(documentOf(mutationNamed(create)), {
      input: { ...minimal, birthdate: `${secret}\u0000` },
    });
    expect(JSON.stringify([data, gateway.log])).not.toContain(secret);
  });
});

describe('deleteIdentityStoreUser', () => {
  test('deletes a user with one call to AWS and tells what is gone', async () => {
    expect(await runDelete({ userId: ADA })).toEqual({
      __typename: 'DeleteIdentityStoreUserSuccess',
      deletedUserId: globalId('IdentityStoreUser', STORE, ADA),
      identityStoreId: STORE,
      userId: ADA,
    });
    expect(gateway.calls()).toEqual(['DeleteUser']);
    const { data } = await gateway.query('{ identityStoreUser(by: {userName: "ada"}) { userId } }');
    expect(data).toEqual({ identityStoreUser: null });
  });

  const nobody = ADA.replace('a1', 'ff');
  refuses(gateway, remove, [
    [{ userId: nobody }, notFound('USER', nobody, `The identity store ${STORE} has no user ${nobody}.`)],
    [{ identityStoreId: 'd-0000000000', userId: ADA }, noStore],
    [{ userId: 'ada' }, invalid('userId must be a UUID, or ten hexadecimal digits, "-" and a UUID.')],
  ]);
});

test('A user has no groups any more that were deleted', async () => {
  const groupId = '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1';
  await runMutation(gateway, 'deleteIdentityStoreGroup', { groupId });
  const { data } = await gateway.query(
    '{ identityStoreUser(by: {userName: "ada"}) { groups { edges { node { displayName } } } } }',
  );
  expect(data.identityStoreUser.groups).toEqual({ edges: [{ node: { displayName: 'Engineers' } }] });
});

describe('identityStoreUser', () => {
  test.each([
    ['userId', `{userId: "${ADA}"}`, ['DescribeUser']],
    ['userName', '{userName: "ada"}', ['GetUserId', 'DescribeUser']],
    ['email', '{email: "ada@example.com"}', ['GetUserId', 'DescribeUser']],
  ])('finds a user by its %s', async (_, by, expectedCalls) => {
    const { data, errors } = await gateway.query(
      `{ identityStoreUser(by: ${by}) { id userName emails { value } userStatus } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.identityStoreUser).toEqual({
      id: globalId('IdentityStoreUser', STORE, ADA),
      userName: 'ada',
      emails: [{ value: 'ada@example.com' }],
      userStatus: 'ENABLED',
    });
    expect(gateway.calls()).toEqual(expectedCalls);
  });

  test.each([
    '{userName: "nobody"}',
    '{email: "nobody@example.com"}',
    '{externalId: {issuer: "https://idp.example.com", id: "1"}}',
    `{userId: "${ADA.replace('a1', 'ff')}"}`,
  ])('says null for %s, which nobody has', async by => {
    const { data, errors } = await gateway.query(`{ identityStoreUser(by: ${by}) { id } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ identityStoreUser: null });
  });

  test('asks AWS once for a user that is looked up in several ways in one request', async () => {
    const { data } = await gateway.query(
      `query ($id: ID!) {
      a: identityStoreUser(by: {userName: "ada"}) { userName }
      b: identityStoreUser(by: {userName: "ada"}) { title }
      c: identityStoreUser(by: {userId: "${ADA}"}) { userName }
      d: identityStoreUser(identityStoreId: "${STORE}", by: {userId: "${ADA}"}) { userName }
      node(id: $id) { id }
    }`,
      { id: globalId('IdentityStoreUser', STORE, ADA) },
    );
    expect(data.d).toEqual({ userName: 'ada' });
    expect(gateway.calls().toSorted()).toEqual(['DescribeUser', 'GetUserId']);
  });

  test('takes exactly one thing to look by', async () => {
    const { errors } = await gateway.query(
      '{ identityStoreUser(by: {userName: "ada", email: "ada@example.com"}) { id } }',
    );
    expect(errors).toMatchObject([{ message: expect.stringContaining('IdentityStoreUserBy') }]);
    expect(gateway.calls()).toEqual([]);
  });
});

describe('identityStoreUsers', () => {
  test('pages through the users of the store', async () => {
    const document =
      'query ($after: String) { identityStoreUsers(first: 2, after: $after) { edges { node { userName } } pageInfo { hasNextPage endCursor } } }';
    const { data: first } = await gateway.query(document);
    expect(first.identityStoreUsers.edges.map(({ node }: { node: object }) => node)).toEqual([
      { userName: 'ada' },
      { userName: 'grace' },
    ]);
    const { data: second } = await gateway.query(document, {
      after: first.identityStoreUsers.pageInfo.endCursor,
    });
    expect(second.identityStoreUsers).toMatchObject({
      edges: [{ node: { userName: 'alan' } }],
      pageInfo: { hasNextPage: false },
    });
  });
});
