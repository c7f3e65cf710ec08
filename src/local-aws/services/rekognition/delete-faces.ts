import type { DeleteFacesRequest, DeleteFacesResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

type Unsuccessful = NonNullable<AwsJson<DeleteFacesResponse>['UnsuccessfulFaceDeletions']>;

export const DeleteFaces = implement(
  (
    { CollectionId, FaceIds }: Checked<DeleteFacesRequest>,
    { collections, faces }: Pick<RekognitionState, 'collections' | 'faces'>,
  ): AwsJson<DeleteFacesResponse> => {
    if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const DeletedFaces: string[] = [];
    const UnsuccessfulFaceDeletions: Unsuccessful = [];
    for (const FaceId of new Set(FaceIds)) {
      const { UserId } = faces.find({ CollectionId, FaceId }) ?? {};
      if (UserId !== undefined) {
        UnsuccessfulFaceDeletions.push({ FaceId, UserId, Reasons: ['ASSOCIATED_TO_AN_EXISTING_USER'] });
      } else if (faces.delete({ CollectionId, FaceId })) DeletedFaces.push(FaceId);
      else UnsuccessfulFaceDeletions.push({ FaceId, Reasons: ['FACE_NOT_FOUND'] });
    }
    return { DeletedFaces, UnsuccessfulFaceDeletions };
  },
);
