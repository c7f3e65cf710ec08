import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { faces } from './adapter.ts';
import { faceIdsInput } from './face-inputs.ts';
import { DeleteFaces, ListFaces } from './operations.ts';
import { faceOutcomes } from './outcomes.ts';
import { RekognitionFace } from './type.ts';

export const deleteRekognitionFaces = batchMutation('deleteRekognitionFaces', {
  description:
    'Deletes faces from an Amazon Rekognition face collection. Faces of users are kept, and have a ConflictError as their outcome: ' +
    'disassociate them first.',
  inputDescription: ['The faces to delete', 'from a face collection'],
  scope: 'rekognition:faces:delete',
  operation: DeleteFaces,
  further: [ListFaces],
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection that the faces belong to.' }),
    faceIds: faceIdsInput(t, 'to delete'),
  }),
  list: 'faceIds',
  inTurn: true,
  keyOf: faceId => faceId,
  run: async (input, context) => ({
    outcomes: faceOutcomes(input, await context.aws(faces).delete(input), true),
  }),
  outcome: {
    stem: 'DeleteRekognitionFace',
    description: 'What can come of one face that is to be deleted.',
    successDescription: 'Returned when the face was deleted.',
    success: t =>
      RekognitionFace.deleted(t, 'face', {
        collectionId: 'The collection that the face belonged to.',
        faceId: 'The id that AWS had given to the face.',
      }),
    meanings: ['conflict'],
  },
});
