import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { providers } from '../../src/providers/index.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const { identityStore, chime } = demoWorld;
const encode = (text: string) => Buffer.from(text).toString('base64url');
const ids = {
  rekognition: encode('RekognitionUser:employees/ada'),
  rekognitionGrace: encode('RekognitionUser:employees/grace'),
  identityStore: encode(
    `IdentityStoreUser:${identityStore.identityStoreId}/${identityStore.users[0]?.userId}`,
  ),
  chime: encode(`ChimeUser:${chime.accountId}/${chime.users[0]?.userId}`),
  collection: encode('RekognitionCollection:employees'),
  account: encode(`ChimeAccount:${chime.accountId}`),
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const calls = () => gateway.localAws.requests.list().map(({ operation }) => operation);

describe('node and nodes', () => {
  test('find users of all providers by their global ids, in order, with the fewest calls to AWS', async () => {
    const missing = encode('RekognitionUser:employees/nobody');
    const { data, errors } = await gateway.query(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      {
        ids: [ids.chime, ids.rekognition, missing, ids.identityStore, ids.rekognitionGrace, ids.rekognition],
      },
    );
    expect(errors).toBeUndefined();
    expect(data.nodes).toEqual([
      { __typename: 'ChimeUser', id: ids.chime },
      { __typename: 'RekognitionUser', id: ids.rekognition },
      null,
      { __typename: 'IdentityStoreUser', id: ids.identityStore },
      { __typename: 'RekognitionUser', id: ids.rekognitionGrace },
      { __typename: 'RekognitionUser', id: ids.rekognition },
    ]);
    expect(calls().toSorted()).toEqual(['DescribeUser', 'GetUser', 'ListUsers']);
  });

  test.each(Object.values(ids))('node finds %s', async id => {
    const { data, errors } = await gateway.query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { id } });
  });

  test.each([
    '',
    'garbage',
    encode('RekognitionUser:'),
    encode('RekognitionUser:employees'),
    encode('RekognitionUser:a/b/c'),
    encode('RekognitionUser:a/%zz'),
  ])('refuse the id "%s", which this API never gave out', async id => {
    const { errors } = await gateway.query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(errors).toMatchObject([
      { message: 'id must be a global id that this API gave out.', extensions: { code: 'INVALID_INPUT' } },
    ]);
    expect(calls()).toEqual([]);
  });

  test.each([encode('Nobody:a/b'), encode('Query:a/b'), encode('PageInfo:a/b')])(
    'refuse the id %s of a type that has no ids',
    async id => {
      const { errors } = await gateway.query('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    },
  );

  test('give the others when one of them fails', async () => {
    gateway.localAws.faults.add({
      service: 'chime',
      effect: { type: 'exception', name: 'ForbiddenException' },
    });
    const { data, errors } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [ids.chime, ids.rekognition],
    });
    expect(data.nodes).toEqual([null, { id: ids.rekognition }]);
    expect(errors).toMatchObject([
      { path: ['nodes', 0], extensions: { code: 'ACCESS_DENIED', providerCode: 'ForbiddenException' } },
    ]);
  });

  test('describe 50 users of an identity store in 50 calls, at most ten of them at a time', async () => {
    const users = Array.from({ length: 50 }, (_, index) =>
      encode(
        `IdentityStoreUser:d-9067012345/00000000-0000-0000-0000-0000000000${String(index).padStart(2, '0')}`,
      ),
    );
    gateway.localAws.faults.add({ operation: 'DescribeUser', effect: { type: 'latency', milliseconds: 40 } });
    const start = performance.now();
    const { data } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [...users, ...users.slice(0, 10)],
    });
    expect(performance.now() - start).toBeGreaterThan(5 * 40);
    expect(data.nodes).toEqual(Array.from({ length: 60 }, () => null));
    expect(calls()).toHaveLength(50);
  });
});

test('providers tells what this gateway serves and against which AWS', async () => {
  const { data } = await gateway.query('{ providers { id name enabled region endpointKind notice } }');
  const local = { enabled: true, region: 'us-east-1', endpointKind: 'LOCAL' };
  expect(data.providers).toEqual(
    providers.map(({ id, name, notice = null }) => ({ id, name, ...local, notice })),
  );
});
