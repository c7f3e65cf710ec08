import type { ListCollectionsRequest, ListCollectionsResponse } from '@aws-sdk/client-rekognition';
import { paginate } from '../../pagination.ts';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { invalidPaginationToken } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

/** Also what a MaxResults of 0 means, which AWS's model allows. */
const defaultSize = 4096;

export const ListCollections = operation(
  (
    input: Checked<ListCollectionsRequest>,
    { collections }: Pick<RekognitionState, 'collections'>,
    call,
  ): AwsJson<ListCollectionsResponse> => {
    const { rows, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, page =>
      collections.page(everything, page),
    );
    return {
      CollectionIds: rows.map(({ id }) => id),
      FaceModelVersions: rows.map(() => faceModelVersion),
      ...nextToken,
    };
  },
);
