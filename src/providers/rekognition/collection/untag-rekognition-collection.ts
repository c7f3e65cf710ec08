import { mutation } from '../../../schema/operation/mutation.ts';
import { collections } from './adapter.ts';
import { DescribeCollection, UntagResource } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const untagRekognitionCollection = mutation('untagRekognitionCollection', {
  description:
    'Takes tags from an Amazon Rekognition face collection by their keys. Keys that no tag has are left out.',
  inputDescription: ['The tags to take away', 'from a face collection'],
  successDescription: 'Returned when the collection has none of the tags.',
  scope: 'rekognition:collections:untag',
  aws: [UntagResource, DescribeCollection],
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection that has the tags.' }),
    tagKeys: t.stringList({ required: true, description: 'The keys of the tags; at most 200.' }),
  }),
  run: (input, context) => context.aws(collections).untag(input),
  success: t => ({ collection: RekognitionCollection.afterChange(t, 'The collection') }),
});
