import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { faces } from './adapter.ts';
import { DisassociateFaces } from './operations.ts';
import { faceFields } from './outcomes.ts';
import { userFacesAnswer, userFacesInput, userOfFaces } from './user-faces.ts';

export const disassociateRekognitionFaces = batchMutation('disassociateRekognitionFaces', {
  description:
    'Takes faces from a user of an Amazon Rekognition face collection; they stay in the collection. A face that no user has is a ' +
    'success; one of another user has a ConflictError as its outcome.',
  inputDescription: ['The faces to disassociate', 'from a user of a face collection'],
  scope: 'rekognition:faces:disassociate',
  operation: DisassociateFaces,
  input: t => userFacesInput(t, 'to disassociate'),
  list: 'faceIds',
  inTurn: true,
  keyOf: faceId => faceId,
  run: async (input, context) => userFacesAnswer(input, await context.aws(faces).disassociate(input)),
  outcome: {
    stem: 'DisassociateRekognitionFace',
    description: 'What can come of one face that is to be disassociated.',
    successDescription: 'Returned when the face is disassociated.',
    success: faceFields,
  },
  success: t => userOfFaces(t),
});
