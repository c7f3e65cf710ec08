/** A gateway for real AWS without IDENTITY_STORE_ID: inputs have to say which store they mean. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../../src/gateway.ts';
import { startGatewayOn } from '../../support/aws-gateway.ts';
import { documentOf, type Mutation, mutations } from '../../support/mutations.ts';
import { documentOfQuery, queries } from '../../support/queries.ts';
import { json, type RecordingServer, startRecordingServer } from '../../support/recording-server.ts';

let aws: RecordingServer;
let gateway: RunningGateway;
beforeAll(async () => {
  aws = await startRecordingServer(json({ Users: [] }));
  gateway = await startGatewayOn(aws.url);
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

async function ask(query: string, variables: object = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** Whose examples name no store. */
const isOfStore = ({ aws: [operation] }: Pick<Mutation, 'aws'>) =>
  operation?.service.provider === 'identity-store';

const message =
  'identityStoreId is required: the gateway has no default for it, because IDENTITY_STORE_ID is not set.';
const issues = [{ path: ['identityStoreId'], message }];

test.each(queries.filter(isOfStore))(
  '$name without a store names the argument and the setting',
  async ({ name }) => {
    expect(await ask(documentOfQuery(name, '__typename'))).toEqual({
      data: { [name]: null },
      errors: [
        {
          message,
          locations: [{ line: 2, column: 3 }],
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

test.each(mutations.filter(isOfStore))(
  '$field without a store names the argument and the setting',
  async mutation => {
    const { data } = await ask(documentOf(mutation), { input: mutation.input });
    const [item = data.result] = data.result.items ?? [];
    expect(item).toMatchObject({ __typename: 'InvalidInputError', message, issues });
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
