import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { faces } from './adapter.ts';
import { AssociateFaces } from './operations.ts';
import { faceFields } from './outcomes.ts';
import { userFacesAnswer, userFacesInput, userOfFaces } from './user-faces.ts';

export const associateRekognitionFaces = batchMutation('associateRekognitionFaces', {
  description:
    'Associates faces with a user of an Amazon Rekognition face collection, so that any of them finds the user. A user can have ' +
    '100 faces. A face that the user has already is a success; one that is too little like them, or of another user, ' +
    'has a ConflictError as its outcome.',
  inputDescription: ['The faces to associate', 'with a user of a face collection'],
  scope: 'rekognition:faces:associate',
  operation: AssociateFaces,
  input: t => ({
    ...userFacesInput(t, 'to associate'),
    userMatchThreshold: t.float({
      description:
        'How like the faces of the user a face has to be, from 0 to 100; 75 without it. It does not count for a user without faces.',
    }),
  }),
  list: 'faceIds',
  inTurn: true,
  keyOf: faceId => faceId,
  run: async (input, context) => userFacesAnswer(input, await context.aws(faces).associate(input)),
  outcome: {
    stem: 'AssociateRekognitionFace',
    description: 'What can come of one face that is to be associated.',
    successDescription: 'Returned when the face is associated.',
    success: faceFields,
  },
  success: t => userOfFaces(t),
});
