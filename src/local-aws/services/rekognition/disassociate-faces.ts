import type { DisassociateFacesRequest, DisassociateFacesResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound, userNotFound } from './exceptions.ts';
import { statusOf, tie, touch } from './faces.ts';
import type { RekognitionState, StoredFace } from './state.ts';

type Unsuccessful = NonNullable<AwsJson<DisassociateFacesResponse>['UnsuccessfulFaceDisassociations']>;

export const DisassociateFaces = implement(
  (
    input: Checked<DisassociateFacesRequest>,
    state: RekognitionState,
    call,
  ): AwsJson<DisassociateFacesResponse> =>
    state.idempotency.once(call, input, () => {
      const { CollectionId, UserId, FaceIds } = input;
      if (!state.collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
      const user = state.users.find({ CollectionId, UserId });
      if (!user) throw userNotFound(UserId);
      const disassociated: StoredFace[] = [];
      const UnsuccessfulFaceDisassociations: Unsuccessful = [];
      for (const FaceId of new Set(FaceIds)) {
        const face = state.faces.find({ CollectionId, FaceId });
        if (!face) UnsuccessfulFaceDisassociations.push({ FaceId, Reasons: ['FACE_NOT_FOUND'] });
        else if (face.UserId === UserId) disassociated.push(face);
        else if (face.UserId !== undefined) {
          UnsuccessfulFaceDisassociations.push({
            FaceId,
            UserId: face.UserId,
            Reasons: ['ASSOCIATED_TO_A_DIFFERENT_USER'],
          });
        }
      }
      tie(state, disassociated, undefined);
      const touched = touch(state, user, disassociated.length > 0);
      return {
        DisassociatedFaces: disassociated.map(({ FaceId }) => ({ FaceId })),
        UnsuccessfulFaceDisassociations,
        UserStatus: statusOf(state, touched),
      };
    }),
);
