import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const calls = () => gateway.localAws.requests.list().map(({ operation }) => operation);

describe('rekognitionCollection', () => {
  test('describes a collection and pages through its users', async () => {
    const document = `query ($after: String) { rekognitionCollection(collectionId: "employees") {
      collectionId collectionArn faceModelVersion faceCount userCount creationTimestamp
      users(first: 2, after: $after) { edges { cursor node { userId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
    } }`;
    const {
      data: { rekognitionCollection: first },
    } = await gateway.query(document);
    expect(first).toEqual({
      collectionId: 'employees',
      collectionArn: 'arn:aws:rekognition:us-east-1:123456789012:collection/employees',
      faceModelVersion: '7.0',
      faceCount: 0,
      userCount: 3,
      creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      users: {
        edges: [
          { cursor: first.users.pageInfo.startCursor, node: { userId: 'ada' } },
          { cursor: first.users.pageInfo.endCursor, node: { userId: 'grace' } },
        ],
        pageInfo: {
          hasNextPage: true,
          hasPreviousPage: false,
          startCursor: expect.any(String),
          endCursor: expect.any(String),
        },
      },
    });
    const { data: second } = await gateway.query(document, { after: first.users.pageInfo.endCursor });
    expect(second.rekognitionCollection.users).toMatchObject({
      edges: [{ node: { userId: 'alan' } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect(calls()).toEqual(['DescribeCollection', 'ListUsers', 'DescribeCollection', 'ListUsers']);
  });

  test('is null when it does not exist', async () => {
    const { data, errors } = await gateway.query(
      '{ rekognitionCollection(collectionId: "visitors") { userCount } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ rekognitionCollection: null });
  });
});
