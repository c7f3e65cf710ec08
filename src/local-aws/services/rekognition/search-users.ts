import type { SearchUsersRequest, SearchUsersResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { collectionNotFound, faceNotFound, invalidParameters, userNotFound } from './exceptions.ts';
import { facesOf } from './faces.ts';
import { matchingUsers, searched } from './matches.ts';
import type { RekognitionState } from './state.ts';

export const SearchUsers = implement(
  (
    { CollectionId, UserId, FaceId, UserMatchThreshold: threshold, MaxUsers }: Checked<SearchUsersRequest>,
    state: Pick<RekognitionState, 'collections' | 'users' | 'faces' | 'clock'>,
  ): AwsJson<SearchUsersResponse> => {
    if (!state.collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const search = { threshold, limit: undefined };
    if (FaceId !== undefined && UserId === undefined) {
      const face = state.faces.find({ CollectionId, FaceId });
      if (!face) throw faceNotFound();
      return {
        SearchedFace: { FaceId },
        UserMatches: matchingUsers(state, CollectionId, [searched(face)], search).slice(0, MaxUsers),
        FaceModelVersion: faceModelVersion,
      };
    }
    if (UserId === undefined || FaceId !== undefined) throw invalidParameters();
    const user = state.users.find({ CollectionId, UserId });
    if (!user) throw userNotFound(UserId);
    const all = matchingUsers(state, CollectionId, facesOf(state, user).map(searched), search);
    return {
      SearchedUser: { UserId },
      UserMatches: all.filter(match => match.User.UserId !== UserId).slice(0, MaxUsers),
      FaceModelVersion: faceModelVersion,
    };
  },
);
