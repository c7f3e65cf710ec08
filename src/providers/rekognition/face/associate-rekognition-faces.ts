import { refusalOfParts } from '../../../adapter/request.ts';
import { mutation } from '../../../schema/operation/mutation.ts';
import { batchesOf, resultUnion } from '../../../schema/operation/result.ts';
import type { RekognitionUser } from '../user/adapter.ts';
import { RekognitionUser as UserType } from '../user/type.ts';
import { faces } from './adapter.ts';
import { faceIdsInput } from './face-inputs.ts';
import { AssociateFaces } from './operations.ts';
import { type ChangedFace, changeFaces, faceFields } from './outcomes.ts';

/** As many as AWS's model allows. */
const SIZE = 100;

const outcome = resultUnion<ChangedFace>('AssociateRekognitionFaceOutcome', {
  description: 'What can come of one face that is to be associated.',
  successName: 'AssociateRekognitionFaceSucceeded',
  successDescription: 'Returned when the face is associated.',
  aws: [AssociateFaces],
  success: faceFields,
});

export const associateRekognitionFaces = mutation('associateRekognitionFaces', {
  description:
    'Associates faces with a user of an Amazon Rekognition face collection, so that any of them finds the user. A user can have ' +
    '100 faces. A face that the user has already is a success; one that is too little like them, or of another user, ' +
    'has a ConflictError as its outcome.',
  inputDescription: ['The faces to associate', 'with a user of a face collection'],
  successDescription: 'Returned when each face has its outcome.',
  scope: 'rekognition:faces:associate',
  aws: [AssociateFaces],
  batch: { items: 'faceIds', perCall: SIZE },
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection of the user and the faces.' }),
    userId: t.string({ required: true, description: 'The id of the user in that collection.' }),
    faceIds: faceIdsInput(t, 'to associate'),
    userMatchThreshold: t.float({
      description:
        'How like the faces of the user a face has to be, from 0 to 100; 75 without it. It does not count for a user without faces.',
    }),
  }),
  run: async (input, context) => {
    const refusal = refusalOfParts(AssociateFaces, input, {
      list: 'faceIds',
      parts: batchesOf(SIZE, input.faceIds),
    });
    if (refusal) throw refusal;
    const { faceIds, idempotencyKey, ...rest } = input;
    const { collectionId, userId } = input;
    let userStatus: RekognitionUser['userStatus'];
    const outcomes = await changeFaces(
      {
        outcome,
        collectionId,
        faceIds,
        size: SIZE,
        idempotencyKey,
        change: async (batch, key) => {
          const answer = await context.aws(faces).associate({ ...rest, faceIds: batch, idempotencyKey: key });
          userStatus = answer.userStatus;
          return answer;
        },
      },
      context,
    );
    return { outcomes, user: { collectionId, userId, userStatus } };
  },
  success: t => ({
    outcomes: t.expose('outcomes', {
      type: [outcome.type],
      nullable: { list: false, items: false },
      description: 'One for each face, in the order of the input.',
    }),
    user: t.expose('user', {
      type: UserType,
      nullable: false,
      description: 'The user, with the status that it had after the change.',
    }),
  }),
});
