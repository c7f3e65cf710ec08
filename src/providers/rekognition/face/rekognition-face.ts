import { query } from '../../../schema/operation/query.ts';
import { faceByKey } from './loaders.ts';
import { ListFaces } from './operations.ts';
import { RekognitionFace } from './type.ts';

export const rekognitionFace = query('rekognitionFace', {
  description: 'Finds a face of a face collection; null when the face or the collection does not exist.',
  scope: 'rekognition:faces:read',
  aws: [ListFaces],
  type: RekognitionFace,
  args: t => ({
    collectionId: t.string({ required: true, description: 'The collection to look in.' }),
    faceId: t.string({ required: true, description: 'The id that AWS gave to the face.' }),
  }),
  run: (key, context) => context.find(faceByKey, key),
  moves: () => [[['faceIds', '0'], ['faceId']]],
});
