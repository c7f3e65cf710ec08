/** What one GraphQL request remembers of face collections. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import {
  collectionKey,
  collections,
  type RekognitionCollection,
  type RekognitionCollectionKey,
} from './adapter.ts';

export const collectionByKey = lookUpEach(
  collections,
  (aws, key: RekognitionCollectionKey) => aws.describe(key),
  collectionKey,
);

/** By a collection that was described, whose ARN they are asked for by. */
export const tagsOfCollection = lookUpEach(
  collections,
  (aws, collection: RekognitionCollection) => aws.tags(collection),
  collectionKey,
);
