import {
  CreateCollectionCommand,
  DeleteCollectionCommand,
  RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, notFound } from '../../support/refusals.ts';

const gateway = {} as TestGateway;
beforeAll(async () => {
  const started = await startTestGateway({}, [
    'rekognition:CreateCollection',
    'rekognition:DeleteCollection',
  ]);
  Object.assign(gateway, started);
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const calls = () => gateway.localAws.requests.list().map(({ operation }) => operation);

describe('rekognitionCollection', () => {
  test('describes a collection and pages through its users', async () => {
    const document = `query ($after: String) { rekognitionCollection(collectionId: "employees") {
      id collectionId collectionArn faceModelVersion faceCount userCount creationTimestamp
      users(first: 2, after: $after) { edges { cursor node { userId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
    } }`;
    const {
      data: { rekognitionCollection: first },
    } = await gateway.query(document);
    expect(first).toEqual({
      id: Buffer.from('RekognitionCollection:employees').toString('base64url'),
      collectionId: 'employees',
      collectionArn: 'arn:aws:rekognition:us-east-1:123456789012:collection/employees',
      faceModelVersion: '7.0',
      faceCount: 3,
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

const id = (collectionId: string) =>
  Buffer.from(`RekognitionCollection:${collectionId}`).toString('base64url');

const described = (collectionId: string, faceCount: number, userCount: number, users: object[]) => ({
  node: {
    collectionArn: expect.stringMatching(new RegExp(`:collection/${collectionId}$`)),
    faceCount,
    userCount,
    creationTimestamp: expect.stringMatching(/Z$/),
    users: { edges: users },
  },
});

const node = (collectionId: string) => ({
  node: { id: id(collectionId), collectionId, faceModelVersion: '7.0' },
});

describe('rekognitionCollections', () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  let aws: RekognitionClient;
  beforeEach(async () => {
    aws = new RekognitionClient({ endpoint: gateway.localAws.url, region: 'us-east-1', credentials });
    await aws.send(new CreateCollectionCommand({ CollectionId: 'visitors' }));
    await aws.send(new DeleteCollectionCommand({ CollectionId: 'contractors' }));
    gateway.localAws.requests.clear();
  });
  afterEach(() => aws.destroy());

  test('lists the collections page by page, with one call for each page', async () => {
    const document = `query ($after: String) { rekognitionCollections(first: 1, after: $after) {
      edges { node { id collectionId faceModelVersion } } pageInfo { hasNextPage endCursor } } }`;
    const { data } = await gateway.query(document);
    expect(data.rekognitionCollections).toEqual({
      edges: [node('employees')],
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    });
    const { endCursor: after } = data.rekognitionCollections.pageInfo;
    const { data: next } = await gateway.query(document, { after });
    expect(next.rekognitionCollections).toMatchObject({
      edges: [node('visitors')],
      pageInfo: { hasNextPage: false },
    });
    expect(calls()).toEqual(['ListCollections', 'ListCollections']);
  });

  test('describes each of them when that is asked for, and pages through their users', async () => {
    const { data } = await gateway.query(`{ rekognitionCollections { edges { node {
      collectionArn faceCount userCount creationTimestamp users(first: 1) { edges { node { userId } } } } } } }`);
    expect(data.rekognitionCollections.edges).toEqual([
      described('employees', 3, 3, [{ node: { userId: 'ada' } }]),
      described('visitors', 0, 0, []),
    ]);
    expect(calls().toSorted()).toEqual([
      'DescribeCollection',
      'DescribeCollection',
      'ListCollections',
      'ListUsers',
      'ListUsers',
    ]);
  });

  test('has null in place of what a collection had that was deleted in between', async () => {
    gateway.localAws.faults.add({
      operation: 'DescribeCollection',
      times: 1,
      effect: { type: 'exception', name: 'ResourceNotFoundException' },
    });
    const { data, errors } = await gateway.query(
      '{ rekognitionCollections(first: 1) { edges { node { collectionId userCount } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.rekognitionCollections.edges).toEqual([
      { node: { collectionId: 'employees', userCount: null } },
    ]);
  });
});

const select = 'collection { id collectionId collectionArn faceModelVersion faceCount tags }';
const guests = {
  id: id('guests'),
  collectionId: 'guests',
  collectionArn: 'arn:aws:rekognition:us-east-1:123456789012:collection/guests',
  faceModelVersion: '7.0',
  faceCount: 0,
};

const tagKeys =
  'may contain only letters, digits, spaces and any of _ . : / = + - @, and must not begin with "aws:"';

const tags = { team: 'front desk', Größe: '' };

describe('createRekognitionCollection', () => {
  test('creates a collection with tags, and reads what AWS did not answer when it is asked for', async () => {
    const made = await runMutation(
      gateway,
      'createRekognitionCollection',
      { collectionId: 'guests', tags },
      select,
    );
    expect(made).toEqual({
      __typename: 'CreateRekognitionCollectionSuccess',
      collection: { ...guests, tags },
    });
    expect(calls()).toEqual(['CreateCollection', 'DescribeCollection', 'ListTagsForResource']);
  });

  refuses(gateway, 'createRekognitionCollection', [
    [
      { collectionId: 'employees' },
      conflict('ALREADY_EXISTS', 'There is already a collection "employees" in this region.'),
    ],
    [
      { collectionId: 'front desk', tags: { 'aws:team': 'x', team: 5 } },
      invalid(
        'collectionId may contain only letters, digits, "_", "." and "-".',
        `tags.aws:team ${tagKeys}.`,
        'tags.team must be of type string.',
      ),
    ],
  ]);

  test("is settled by the tags: with others, the collection is somebody else's", async () => {
    gateway.localAws.faults.add({
      operation: 'CreateCollection',
      times: 1,
      effect: { type: 'drop', when: 'after' },
    });
    gateway.localAws.faults.add({
      operation: 'ListTagsForResource',
      times: 1,
      effect: { type: 'response', status: 200, body: '{"Tags":{"team":"other"}}', requestId: true },
    });
    expect(
      await runMutation(gateway, 'createRekognitionCollection', { collectionId: 'guests', tags }),
    ).toMatchObject({ __typename: 'ConflictError', reason: 'ALREADY_EXISTS', providerCode: null });
  });
});

describe('tagRekognitionCollection and untagRekognitionCollection', () => {
  test('add, overwrite and take away tags by their keys, and give the collection back', async () => {
    const collectionId = 'employees';
    const tag = (given: object) =>
      runMutation(gateway, 'tagRekognitionCollection', { collectionId, tags: given }, 'collection { tags }');
    await tag({ a: '1', b: '2' });
    expect(await tag({ b: '3', c: '' })).toEqual({
      __typename: 'TagRekognitionCollectionSuccess',
      collection: { tags: { a: '1', b: '3', c: '' } },
    });
    expect(
      await runMutation(
        gateway,
        'untagRekognitionCollection',
        { collectionId, tagKeys: ['a', 'nothing'] },
        'collection { tags }',
      ),
    ).toEqual({
      __typename: 'UntagRekognitionCollectionSuccess',
      collection: { tags: { b: '3', c: '' } },
    });
  });

  refuses(gateway, 'tagRekognitionCollection', [
    [
      { collectionId: 'no spaces', tags: { 'no;semicolon': '' } },
      invalid(
        'collectionId may contain only letters, digits, "_", "." and "-".',
        `tags.no;semicolon ${tagKeys}.`,
      ),
    ],
    [
      { collectionId: 'visitors', tags: {} },
      notFound('COLLECTION', 'visitors', 'There is no collection "visitors".'),
    ],
  ]);
});

describe('deleteRekognitionCollection', () => {
  test('deletes a collection with its users', async () => {
    expect(
      await runMutation(
        gateway,
        'deleteRekognitionCollection',
        { collectionId: 'employees' },
        'deletedCollectionId collectionId',
      ),
    ).toEqual({
      __typename: 'DeleteRekognitionCollectionSuccess',
      deletedCollectionId: id('employees'),
      collectionId: 'employees',
    });
  });
});
