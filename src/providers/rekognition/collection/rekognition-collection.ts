import { query } from '../../../schema/operation/query.ts';
import { collectionByKey } from './loaders.ts';
import { DescribeCollection } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const rekognitionCollection = query('rekognitionCollection', {
  description: 'Finds a face collection; null when it does not exist.',
  scope: 'rekognition:collections:read',
  aws: [DescribeCollection],
  type: RekognitionCollection,
  args: t => ({ collectionId: t.string({ required: true, description: 'The id of the collection.' }) }),
  run: (key, context) => context.find(collectionByKey, key),
});
