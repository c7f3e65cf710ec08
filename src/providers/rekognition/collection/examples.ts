import type { Examples } from '../../../schema/examples.ts';

export const examples: Examples = {
  rekognitionCollection: {
    args: { collectionId: 'employees' },
    select: `userCount creationTimestamp
      users(first: 10) { edges { node { id userId userStatus } } pageInfo { hasNextPage endCursor } }`,
    tab: true,
  },
};
