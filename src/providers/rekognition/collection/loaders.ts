/** What one GraphQL request remembers of face collections. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { collections } from './adapter.ts';

export const collectionById = lookUpEach(collections, (aws, collectionId: string) =>
  aws.describe(collectionId),
);
