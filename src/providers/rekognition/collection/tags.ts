import { field } from '../../../schema/operation/query.ts';
import { collectionByKey, tagsOfCollection } from './loaders.ts';
import { DescribeCollection, ListTagsForResource } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const collectionTags = field(RekognitionCollection, 'tags', {
  description: 'Its tags, as an object of texts by their keys; null when the collection is gone.',
  scope: 'rekognition:collections:read',
  aws: [DescribeCollection, ListTagsForResource],
  type: 'JSONObject',
  args: () => ({}),
  run: async (collection, _args, context) => {
    // What was created or listed just now came without its ARN.
    const described = collection.collectionArn ? collection : await context.find(collectionByKey, collection);
    return described && context.find(tagsOfCollection, described);
  },
});
