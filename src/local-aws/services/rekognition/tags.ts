import { collectionIdIn } from './collection-arn.ts';
import { invalidParameters, resourceNotFound } from './exceptions.ts';
import type { Collection, RekognitionState, Tags } from './state.ts';

/** The collection that an ARN stands for, the only resource of local AWS that can have tags. */
export function taggedCollection(
  { collections }: Pick<RekognitionState, 'collections'>,
  arn: string,
): Collection {
  if (!arn.startsWith('arn:')) throw invalidParameters();
  const CollectionId = collectionIdIn(arn);
  const collection = CollectionId === undefined ? undefined : collections.find({ CollectionId });
  if (!collection) throw resourceNotFound(arn);
  return collection;
}

/** Gives a collection other tags than it had. */
export function retag(
  { collections }: Pick<RekognitionState, 'collections'>,
  collection: Collection,
  tags: Tags,
): void {
  collections.replace({ CollectionId: collection.id }, { ...collection, tags });
}
