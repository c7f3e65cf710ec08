import type { AssociateFacesRequest, AssociateFacesResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound, tooManyFaces, userNotFound } from './exceptions.ts';
import { facesOf, statusOf, tie, touch } from './faces.ts';
import { similarity } from './image.ts';
import { searched } from './matches.ts';
import type { RekognitionState, StoredFace } from './state.ts';

const MAX_FACES_OF_USER = 100;

type Unsuccessful = NonNullable<AwsJson<AssociateFacesResponse>['UnsuccessfulFaceAssociations']>;

export const AssociateFaces = implement(
  (input: Checked<AssociateFacesRequest>, state: RekognitionState, call): AwsJson<AssociateFacesResponse> =>
    state.idempotency.once(call, input, () => {
      const { CollectionId, UserId, FaceIds, UserMatchThreshold = 75 } = input;
      if (!state.collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
      const user = state.users.find({ CollectionId, UserId });
      if (!user) throw userNotFound(UserId);
      const own = facesOf(state, user);
      const associated: StoredFace[] = [];
      const UnsuccessfulFaceAssociations: Unsuccessful = [];
      for (const FaceId of new Set(FaceIds)) {
        const face = state.faces.find({ CollectionId, FaceId });
        if (!face) UnsuccessfulFaceAssociations.push({ FaceId, Reasons: ['FACE_NOT_FOUND'] });
        else if (face.UserId !== undefined && face.UserId !== UserId) {
          UnsuccessfulFaceAssociations.push({
            FaceId,
            UserId: face.UserId,
            Reasons: ['ASSOCIATED_TO_A_DIFFERENT_USER'],
          });
        } else if (face.UserId === undefined) {
          // The first faces of a user have nothing to be like.
          const Confidence =
            own.length > 0 ? Math.max(...own.map(each => similarity(searched(face), searched(each)))) : 100;
          if (Confidence >= UserMatchThreshold) associated.push(face);
          else UnsuccessfulFaceAssociations.push({ FaceId, Confidence, Reasons: ['LOW_MATCH_CONFIDENCE'] });
        }
      }
      if (own.length + associated.length > MAX_FACES_OF_USER) throw tooManyFaces(UserId);
      tie(state, associated, UserId);
      const touched = touch(state, user, associated.length > 0);
      return {
        AssociatedFaces: associated.map(({ FaceId }) => ({ FaceId })),
        UnsuccessfulFaceAssociations,
        UserStatus: statusOf(state, touched),
      };
    }),
);
