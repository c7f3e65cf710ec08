/** What associating and disassociating faces have in common. */
import type { OutputOf } from '../../../adapter/request.ts';
import type { InputBuilder } from '../../../schema/operation/mutation.ts';
import type { SuccessBuilder } from '../../../schema/operation/result.ts';
import { RekognitionUser } from '../user/type.ts';
import type { FaceChanges } from './adapter.ts';
import { faceIdsInput } from './face-inputs.ts';
import type { AssociateFaces } from './operations.ts';
import { faceOutcomes } from './outcomes.ts';

interface FacesOfUser {
  readonly collectionId: string;
  readonly userId: string;
  readonly faceIds: readonly string[];
}

type UserStatus = Pick<OutputOf<typeof AssociateFaces>, 'userStatus'>;

/** Faces, and whose they are. */
export const userFacesInput = (t: InputBuilder, what: string) => ({
  collectionId: t.string({ required: true, description: 'The collection of the user and the faces.' }),
  userId: t.string({ required: true, description: 'The id of the user in that collection.' }),
  faceIds: faceIdsInput(t, what),
});

/** The outcome of each face, and the status of the user. */
export function userFacesAnswer(input: FacesOfUser, { userStatus, ...changes }: FaceChanges & UserStatus) {
  return { outcomes: faceOutcomes(input, changes), also: { userStatus } };
}

/** The user, beside the outcomes. */
export const userOfFaces = (
  t: SuccessBuilder<{ readonly input: FacesOfUser; readonly also: UserStatus | undefined }>,
) => ({
  user: t.field({
    type: RekognitionUser,
    nullable: false,
    description: 'The user, with the status that it had after the change.',
    resolve: ({ input: { collectionId, userId }, also }) => ({
      collectionId,
      userId,
      userStatus: also?.userStatus,
    }),
  }),
});
