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
};
