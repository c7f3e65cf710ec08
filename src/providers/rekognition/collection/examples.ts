import type { Examples } from '../../../schema/examples.ts';

export const examples: Examples = {
  rekognitionCollection: {
    args: { collectionId: 'employees' },
    select: `id userCount creationTimestamp
      users(first: 10) { edges { node { id userId userStatus } } pageInfo { hasNextPage endCursor } }`,
    tab: true,
  },
  rekognitionCollections: {
    args: { first: 10 },
    select: 'edges { node { id collectionId faceModelVersion } } pageInfo { hasNextPage endCursor }',
  },
  createRekognitionCollection: {
    args: { input: { collectionId: 'guests', tags: { team: 'reception' } } },
    select: 'collection { id collectionId collectionArn faceModelVersion tags }',
  },
  tagRekognitionCollection: {
    args: { input: { collectionId: 'employees', tags: { team: 'reception' } } },
    select: 'collection { id collectionId }',
  },
  untagRekognitionCollection: {
    args: { input: { collectionId: 'employees', tagKeys: ['team'] } },
    select: 'collection { id collectionId }',
  },
  deleteRekognitionCollection: {
    note: 'It is there to be deleted.',
    args: { input: { collectionId: 'contractors' } },
    select: 'deletedCollectionId collectionId',
  },
};
