import type { ListFacesRequest, ListFacesResponse } from '@aws-sdk/client-rekognition';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { collectionNotFound, invalidPaginationToken, userNotFound } from './exceptions.ts';
import { told } from './faces.ts';
import type { RekognitionState } from './state.ts';

/** Also what a MaxResults of 0 means, which AWS's model allows. */
const defaultSize = 4096;

export const ListFaces = implement(
  (
    input: Checked<ListFacesRequest>,
    { collections, users, faces }: Pick<RekognitionState, 'collections' | 'users' | 'faces'>,
    call,
  ): AwsJson<ListFacesResponse> => {
    const { CollectionId, UserId = null, FaceIds } = input;
    if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    if (UserId !== null && !users.find({ CollectionId, UserId })) throw userNotFound(UserId);
    const wanted = FaceIds ? JSON.stringify(FaceIds) : null;
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      faces.listWhere(
        `CollectionId = :CollectionId AND (:UserId IS NULL OR UserId = :UserId)
          AND (:wanted IS NULL OR FaceId IN (SELECT value FROM json_each(:wanted)))`,
        { CollectionId, UserId, wanted },
        range,
      ),
    );
    return { Faces: entities.map(told), ...nextToken, FaceModelVersion: faceModelVersion };
  },
);
