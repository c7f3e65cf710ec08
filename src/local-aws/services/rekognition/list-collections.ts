import type { ListCollectionsRequest, ListCollectionsResponse } from '@aws-sdk/client-rekognition';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { invalidPaginationToken } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

/** Also what a MaxResults of 0 means, which AWS's model allows. */
const defaultSize = 4096;

export const ListCollections = implement(
  (
    input: Checked<ListCollectionsRequest>,
    { collections }: Pick<RekognitionState, 'collections'>,
    call,
  ): AwsJson<ListCollectionsResponse> => {
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      collections.list({}, range),
    );
    return {
      CollectionIds: entities.map(({ id }) => id),
      FaceModelVersions: entities.map(() => faceModelVersion),
      ...nextToken,
    };
  },
);
