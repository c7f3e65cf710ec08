/**
 * Updates, by that of the users of identity stores: what is absent stays, null unsets, the success holds the thing as it is
 * afterwards, and a lost answer is no refusal. A bare server stands for AWS, which keeps what it is sent.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesIn } from '../../src/adapter/changes.ts';
import type { RunningGateway } from '../../src/gateway.ts';
import { CreateUser } from '../../src/providers/identity-store/user/operations.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import {
  type Answer,
  json,
  type RecordingServer,
  reset,
  startRecordingServer,
} from '../support/recording-server.ts';

const USER = '0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1';
const STORE = 'd-9067012345';

let answers: Answer[];
let aws: RecordingServer;
let gateway: RunningGateway;
beforeAll(async () => {
  aws = await startRecordingServer((request, response) => (answers.shift() ?? json({}))(request, response));
  gateway = await startGatewayOn(aws.url, { SETTLE_TIMEOUT_MS: '0', IDENTITY_STORE_ID: STORE });
});
beforeEach(() => {
  answers = [];
  aws.requests.length = 0;
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

const described = (user: object) => json({ IdentityStoreId: STORE, UserId: USER, ...user });

async function run(input: object, select = '__typename') {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation ($input: UpdateIdentityStoreUserInput!) {
        result: updateIdentityStoreUser(input: $input) {
          __typename
          ... on UpdateIdentityStoreUserSuccess { ${select} }
          ... on Error { message retryable }
          ... on InvalidInputError { issues { path message } }
        }
      }`,
      variables: { input: { userId: USER, ...input } },
    }),
  });
  return (await response.json()) as { data: { result: object }; errors?: object[] };
}

const called = () => aws.requests.map(({ headers }) => String(headers['x-amz-target']).split('.')[1]);
const sent = () => JSON.parse(aws.requests[0]?.body ?? '') as object;

test('An update sends what is given, unsets what is null, and leaves out what is absent', async () => {
  const input = { displayName: 'Ada', nickName: null, emails: [{ value: 'ada@example.com', type: null }] };
  expect(await run(input)).toEqual({ data: { result: { __typename: 'UpdateIdentityStoreUserSuccess' } } });
  expect(called()).toEqual(['UpdateUser']);
  expect(sent()).toEqual({
    IdentityStoreId: STORE,
    UserId: USER,
    Operations: [
      { AttributePath: 'displayName', AttributeValue: 'Ada' },
      { AttributePath: 'nickName' },
      { AttributePath: 'emails', AttributeValue: [{ value: 'ada@example.com' }] },
    ],
  });
});

test('Its success holds the whole thing, read back when it is asked for', async () => {
  answers = [json({}), described({ DisplayName: 'Ada', UserName: 'ada' })];
  const { data } = await run({ displayName: 'Ada' }, 'user { displayName userName }');
  expect(data.result).toEqual({
    __typename: 'UpdateIdentityStoreUserSuccess',
    user: { displayName: 'Ada', userName: 'ada' },
  });
  expect(called()).toEqual(['UpdateUser', 'DescribeUser']);
});

test('A second change in the same request is read back anew', async () => {
  answers = [json({}), described({ DisplayName: 'One' }), json({}), described({ DisplayName: 'Two' })];
  const select = '... on UpdateIdentityStoreUserSuccess { user { displayName } }';
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation {
        one: updateIdentityStoreUser(input: {userId: "${USER}", displayName: "One"}) { ${select} }
        two: updateIdentityStoreUser(input: {userId: "${USER}", displayName: "Two"}) { ${select} }
      }`,
    }),
  });
  expect(await response.json()).toEqual({
    data: { one: { user: { displayName: 'One' } }, two: { user: { displayName: 'Two' } } },
  });
});

test('It stays a success when the thing cannot be read back', async () => {
  answers = [json({}), json({ __type: 'AccessDeniedException' }, 400)];
  const { data, errors } = await run({ displayName: 'Ada' }, 'user { displayName }');
  expect(data.result).toEqual({ __typename: 'UpdateIdentityStoreUserSuccess', user: null });
  expect(errors).toMatchObject([{ path: ['result', 'user'], extensions: { code: 'ACCESS_DENIED' } }]);
});

test('It is sent again when its answer was lost, because a repeat leads to the same', async () => {
  answers = [reset];
  expect(await run({ displayName: 'Ada' })).toEqual({
    data: { result: { __typename: 'UpdateIdentityStoreUserSuccess' } },
  });
  expect(called()).toEqual(['UpdateUser', 'UpdateUser']);
});

test('When no answer comes at all, it says that repeating is safe', async () => {
  answers = [reset, reset, reset];
  const { data } = await run({ displayName: 'Ada' });
  expect(data.result).toEqual({
    __typename: 'ProviderFailureError',
    message:
      'The Identity Store broke the connection before its answer was complete. The outcome is unknown: ' +
      'the change may or may not have been made. Repeating it is safe.',
    retryable: true,
  });
});

test('It names everything that is wrong at once, at the places of the input, before any call', async () => {
  const { data } = await run({ userId: 'x', displayName: '', emails: [{ value: '' }, { value: 'b' }] });
  expect(data.result).toMatchObject({
    __typename: 'InvalidInputError',
    issues: [
      { path: ['userId'], message: 'userId must be a UUID, or ten hexadecimal digits, "-" and a UUID.' },
      { path: ['displayName'], message: 'displayName must not be empty.' },
      { path: ['emails', '0', 'value'], message: 'emails.0.value must not be empty.' },
      { path: ['emails'], message: 'emails must have at most 1 entry.' },
    ],
  });
  expect(called()).toEqual([]);
});

test('It refuses to change nothing', async () => {
  const message =
    'Give at least one of userName, name, displayName, nickName, profileUrl, emails, addresses, phoneNumbers, userType, ' +
    'title, preferredLanguage, locale, timezone, photos, website, birthdate, roles, extensions to change.';
  const { data } = await run({});
  expect(data.result).toEqual({
    __typename: 'InvalidInputError',
    message,
    retryable: false,
    issues: [{ path: [], message }],
  });
});

test.each([
  [{ displayName: null }, 'displayName cannot be unset.'],
  [{ name: { givenName: 'Ada' } }, 'name.familyName is required.'],
  [{ name: null }, 'name cannot be unset.'],
  [{ userName: 'Administrator' }, 'userName must not be a name that AWS reserves for itself.'],
  [{ nickName: 'A', idempotencyKey: '?' }, 'idempotencyKey may contain only letters, digits, "-" and "_".'],
])('It refuses %j as a create would', async (input, message) => {
  expect(await run(input)).toMatchObject({ data: { result: { __typename: 'InvalidInputError', message } } });
  expect(called()).toEqual([]);
});

test('It names a member that is missing in a part of the input', async () => {
  const { changes, issues } = changesIn({ photos: [{ type: 'work' }] }, ['photos'], CreateUser);
  expect(changes).toEqual([{ member: 'photos', value: [{ type: 'work' }] }]);
  expect(issues).toMatchObject([{ path: ['photos', '0', 'value'], message: 'photos.0.value is required.' }]);
});
