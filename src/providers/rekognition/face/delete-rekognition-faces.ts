import { refusalOfParts } from '../../../adapter/request.ts';
import { mutation } from '../../../schema/operation/mutation.ts';
import { batchesOf, resultUnion } from '../../../schema/operation/result.ts';
import { faces } from './adapter.ts';
import { faceIdsInput } from './face-inputs.ts';
import { DeleteFaces, ListFaces } from './operations.ts';
import { type ChangedFace, changeFaces } from './outcomes.ts';
import { RekognitionFace } from './type.ts';

/** As many as AWS's model allows. */
const SIZE = 4096;

const outcome = resultUnion<ChangedFace>('DeleteRekognitionFaceOutcome', {
  description: 'What can come of one face that is to be deleted.',
  successName: 'DeleteRekognitionFaceSucceeded',
  successDescription: 'Returned when the face was deleted.',
  aws: [DeleteFaces, ListFaces],
  meanings: ['conflict'],
  success: t =>
    RekognitionFace.deleted(t, 'face', {
      collectionId: 'The collection that the face belonged to.',
      faceId: 'The id that AWS had given to the face.',
    }),
});

export const deleteRekognitionFaces = mutation('deleteRekognitionFaces', {
  description:
    'Deletes faces from an Amazon Rekognition face collection. Faces of users are kept, and have a ConflictError as their outcome: ' +
    'disassociate them first.',
  inputDescription: ['The faces to delete', 'from a face collection'],
  successDescription: 'Returned when each face has its outcome.',
  scope: 'rekognition:faces:delete',
  aws: [DeleteFaces, ListFaces],
  batch: { items: 'faceIds', perCall: SIZE },
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection that the faces belong to.' }),
    faceIds: faceIdsInput(t, 'to delete'),
  }),
  run: async (input, context) => {
    const refusal = refusalOfParts(DeleteFaces, input, {
      list: 'faceIds',
      parts: batchesOf(SIZE, input.faceIds),
    });
    if (refusal) throw refusal;
    const { collectionId, faceIds, idempotencyKey } = input;
    const outcomes = await changeFaces(
      {
        outcome,
        collectionId,
        faceIds,
        size: SIZE,
        idempotencyKey,
        tellsAll: true,
        change: batch => context.aws(faces).delete({ collectionId, faceIds: batch, idempotencyKey }),
      },
      context,
    );
    return { outcomes };
  },
  success: t => ({
    outcomes: t.expose('outcomes', {
      type: [outcome.type],
      nullable: { list: false, items: false },
      description: 'One for each face, in the order of the input.',
    }),
  }),
});
