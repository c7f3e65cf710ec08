import { mutation } from '../../../schema/operation/mutation.ts';
import { collections } from './adapter.ts';
import { DescribeCollection, TagResource } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const tagRekognitionCollection = mutation('tagRekognitionCollection', {
  description: 'Adds tags to an Amazon Rekognition face collection, and overwrites those with the same keys.',
  inputDescription: ['The tags to add', 'to a face collection'],
  successDescription: 'Returned when the collection has the tags.',
  scope: 'rekognition:collections:tag',
  aws: [TagResource, DescribeCollection],
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection to tag.' }),
    tags: t.field({
      type: 'JSONObject',
      required: true,
      description: 'The tags, as an object of texts by their keys; at most 200.',
    }),
  }),
  run: ({ tags, ...input }, context) => context.aws(collections).tag({ ...input, tags: tags as never }),
  success: t => ({ collection: RekognitionCollection.afterChange(t, 'The collection') }),
});
