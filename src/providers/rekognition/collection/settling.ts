/** How collections are looked for when the answer to their making or deletion was lost: AWS recognises no repeat. */
import { isDeepStrictEqual } from 'node:util';
import { told } from '../../../adapter/answers.ts';
import { found } from '../../../adapter/look-up.ts';
import { isAfter, type Settling } from '../../../adapter/settling.ts';
import {
  type CreateCollection,
  type DeleteCollection,
  DescribeCollection,
  ListTagsForResource,
} from './operations.ts';

/** An id is unique in a region. A collection that is older, or has other tags, is somebody else's. */
export const createdCollection: Settling<typeof CreateCollection> = {
  proof: 'conflict',
  async look(aws, { collectionId, tags }, since) {
    const collection = await found(aws.call(DescribeCollection, { collectionId }));
    if (!collection) return { state: 'notMade' };
    const { creationTimestamp, collectionARN, faceModelVersion } = collection;
    if (!creationTimestamp) return { state: 'unclear' };
    if (creationTimestamp < since) return { state: 'taken' };
    const resourceArn = told(collectionARN, 'CollectionARN');
    const tagged = await aws.call(ListTagsForResource, { resourceArn });
    if (!isDeepStrictEqual({ ...tagged.tags }, { ...tags })) return { state: 'taken' };
    return {
      state: 'made',
      answer: { collectionArn: resourceArn, ...(faceModelVersion && { faceModelVersion }) },
    };
  },
};

/** A collection that is gone is deleted, whoever did it; one that was made since is another. */
export const deletedCollection: Settling<typeof DeleteCollection> = {
  proof: 'notFound',
  async look(aws, { collectionId }, since) {
    const collection = await found(aws.call(DescribeCollection, { collectionId }));
    const isThere = collection && !isAfter(collection.creationTimestamp, since);
    return isThere ? { state: 'notMade' } : { state: 'made', answer: {} };
  },
};
