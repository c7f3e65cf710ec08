import { mutation } from '../../../schema/operation/mutation.ts';
import { collections } from './adapter.ts';
import { DeleteCollection, DescribeCollection } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const deleteRekognitionCollection = mutation('deleteRekognitionCollection', {
  description: 'Deletes an Amazon Rekognition face collection with all its faces and users.',
  inputDescription: ['The collection to delete', 'from Amazon Rekognition'],
  successDescription: 'Returned when the collection was deleted.',
  scope: 'rekognition:collections:delete',
  aws: [DeleteCollection, DescribeCollection],
  input: t => ({ collectionId: t.string({ required: true, description: 'The id of the collection.' }) }),
  run: (input, context) => context.aws(collections).delete(input),
  success: t =>
    RekognitionCollection.deleted(t, 'collection', { collectionId: 'The id that the collection had.' }),
});
