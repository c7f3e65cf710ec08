/** A gateway for real AWS without IDENTITY_STORE_ID: inputs have to say which store they mean. */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../../../src/config/index.ts';
import { type RunningGateway, startGateway } from '../../../src/gateway.ts';
import { operations } from '../../../src/schema/operation/registry.ts';
import { json, type RecordingServer, startRecordingServer } from '../../support/recording-server.ts';

let aws: RecordingServer;
let gateway: RunningGateway;
beforeAll(async () => {
  aws = await startRecordingServer(json({ Users: [] }));
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  const config = readConfig({ PORT: '0', AWS_BACKEND: 'aws' });
  gateway = await startGateway(config, { logger: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

async function ask(query: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const USER = '0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1';

const queries: Readonly<Record<string, string>> = {
  identityStoreUser: `identityStoreUser(by: { userId: "${USER}" }) { userId }`,
  identityStoreUsers: 'identityStoreUsers(first: 1) { edges { node { userId } } }',
};

const mutations: Readonly<Record<string, string>> = {
  createIdentityStoreUser:
    'createIdentityStoreUser(input: { userName: "ada", displayName: "Ada", name: { givenName: "A", familyName: "L" } })',
  deleteIdentityStoreUser: `deleteIdentityStoreUser(input: { userId: "${USER}" })`,
};

const message =
  'identityStoreId is required: the gateway has no default for it, because IDENTITY_STORE_ID is not set.';
const issues = [{ path: ['identityStoreId'], message }];

test('every query and mutation of the Identity Store is here', () => {
  const names = operations()
    .filter(({ provider, kind }) => provider === 'identity-store' && ['query', 'mutation'].includes(kind))
    .map(({ name }) => name);
  expect(Object.keys({ ...queries, ...mutations }).toSorted()).toEqual(names.toSorted());
});

test.each(Object.entries(queries))(
  '%s without a store names the argument and the setting',
  async (name, field) => {
    expect(await ask(`{ ${field} }`)).toEqual({
      data: { [name]: null },
      errors: [
        {
          message,
          locations: [{ line: 1, column: 3 }],
          path: [name],
          extensions: {
            code: 'INVALID_INPUT',
            issues,
            providerCode: null,
            requestId: null,
            retryable: false,
          },
        },
      ],
    });
    expect(aws.requests).toEqual([]);
  },
);

test.each(Object.entries(mutations))(
  '%s without a store names the argument and the setting',
  async (name, field) => {
    const select = '{ ... on InvalidInputError { message issues { path message } } }';
    expect(await ask(`mutation { ${field} ${select} }`)).toEqual({ data: { [name]: { message, issues } } });
    expect(aws.requests).toEqual([]);
  },
);

test('it is told beside everything else that is wrong', async () => {
  const field =
    'deleteIdentityStoreUser(input: { userId: "ada" }) { ... on InvalidInputError { issues { path } } }';
  expect(await ask(`mutation { ${field} }`)).toEqual({
    data: { deleteIdentityStoreUser: { issues: [{ path: ['identityStoreId'] }, { path: ['userId'] }] } },
  });
});

test('a store that the input names is asked', async () => {
  expect(await ask('{ identityStoreUsers(identityStoreId: "d-1234567890") { edges { cursor } } }')).toEqual({
    data: { identityStoreUsers: { edges: [] } },
  });
  expect(aws.requests.map(({ body }) => JSON.parse(body).IdentityStoreId)).toEqual(['d-1234567890']);
});
