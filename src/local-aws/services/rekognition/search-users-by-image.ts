import type { SearchUsersByImageRequest, SearchUsersByImageResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { collectionNotFound } from './exceptions.ts';
import { faceDetail } from './face-detail.ts';
import { facesIn } from './image.ts';
import { matchingUsers } from './matches.ts';
import type { RekognitionState } from './state.ts';

export const SearchUsersByImage = implement(
  (
    {
      CollectionId,
      Image,
      UserMatchThreshold: threshold,
      MaxUsers: limit,
    }: Checked<SearchUsersByImageRequest>,
    state: Pick<RekognitionState, 'collections' | 'users' | 'faces' | 'clock'>,
  ): AwsJson<SearchUsersByImageResponse> => {
    if (!state.collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const faces = facesIn(Image);
    const [largest, ...others] = faces;
    if (!largest) return { UserMatches: [], FaceModelVersion: faceModelVersion };
    return {
      SearchedFace: { FaceDetail: faceDetail(largest, faces.length) },
      UserMatches: matchingUsers(state, CollectionId, [largest], { threshold, limit }),
      UnsearchedFaces: others.map(face => ({
        FaceDetails: faceDetail(face, faces.length),
        Reasons: ['FACE_NOT_LARGEST'],
      })),
      FaceModelVersion: faceModelVersion,
    };
  },
);
