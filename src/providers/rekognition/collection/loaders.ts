/** What one GraphQL request remembers of face collections. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { collectionKey, collections, type RekognitionCollectionKey } from './adapter.ts';

export const collectionByKey = lookUpEach(
  collections,
  (aws, key: RekognitionCollectionKey) => aws.describe(key),
  collectionKey,
);
