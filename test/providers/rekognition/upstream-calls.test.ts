/** How many calls to AWS nested queries take: as few as AWS's operations allow. */
import { expect, test } from 'vitest';
import { useGateway } from '../../support/gateway.ts';
import { runMutation } from '../../support/mutations.ts';

const gateway = useGateway();
const collectionId = 'employees';

async function createUsers(count: number): Promise<string[]> {
  const userIds = Array.from({ length: count }, (_, at) => `user-${at}`);
  for (const userId of userIds) {
    await runMutation(gateway, 'createRekognitionUser', { collectionId, userId });
  }
  gateway.localAws.requests.clear();
  return userIds;
}

test('100 users by their keys in one collection take one list of up to 500', async () => {
  const ids = (await createUsers(100)).map(userId =>
    Buffer.from(`RekognitionUser:${collectionId}/${userId}`).toString('base64url'),
  );
  const { data } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect(data.nodes).toEqual(ids.map(id => ({ id })));
  expect(gateway.calls()).toEqual(['ListUsers']);
});

test('The faces of 20 users take a call for each, which lists the faces of one', async () => {
  await createUsers(20);
  const { data } = await gateway.query(`{ rekognitionCollection(collectionId: "${collectionId}") {
    users(first: 20) { edges { node { faces { edges { node { faceId } } } } } } } }`);
  expect(data.rekognitionCollection.users.edges).toHaveLength(20);
  const lists = Array.from({ length: 20 }, () => 'ListFaces');
  expect(gateway.calls()).toEqual(['DescribeCollection', 'ListUsers', ...lists]);
});
