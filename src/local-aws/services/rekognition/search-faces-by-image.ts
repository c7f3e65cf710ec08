import type { SearchFacesByImageRequest, SearchFacesByImageResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { collectionNotFound, noFaces } from './exceptions.ts';
import { boundingBox, confidence } from './face-detail.ts';
import { facesIn } from './image.ts';
import { matchingFaces } from './matches.ts';
import type { RekognitionState } from './state.ts';

export const SearchFacesByImage = implement(
  (
    {
      CollectionId,
      Image,
      FaceMatchThreshold: threshold,
      MaxFaces: limit,
    }: Checked<SearchFacesByImageRequest>,
    state: Pick<RekognitionState, 'collections' | 'faces'>,
  ): AwsJson<SearchFacesByImageResponse> => {
    if (!state.collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const faces = facesIn(Image);
    const [largest] = faces;
    if (!largest) throw noFaces();
    return {
      SearchedFaceBoundingBox: boundingBox(largest, faces.length),
      SearchedFaceConfidence: confidence(largest),
      FaceMatches: matchingFaces(state, CollectionId, largest, { threshold, limit }),
      FaceModelVersion: faceModelVersion,
    };
  },
);
