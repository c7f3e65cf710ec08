import type { SearchFacesRequest, SearchFacesResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { collectionNotFound, faceNotFound } from './exceptions.ts';
import { matchingFaces, searched } from './matches.ts';
import type { RekognitionState } from './state.ts';

export const SearchFaces = implement(
  (
    { CollectionId, FaceId, FaceMatchThreshold: threshold, MaxFaces }: Checked<SearchFacesRequest>,
    state: Pick<RekognitionState, 'collections' | 'faces'>,
  ): AwsJson<SearchFacesResponse> => {
    if (!state.collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const face = state.faces.find({ CollectionId, FaceId });
    if (!face) throw faceNotFound();
    const all = matchingFaces(state, CollectionId, searched(face), { threshold, limit: undefined });
    return {
      SearchedFaceId: FaceId,
      FaceMatches: all.filter(match => match.Face?.FaceId !== FaceId).slice(0, MaxFaces),
      FaceModelVersion: faceModelVersion,
    };
  },
);
