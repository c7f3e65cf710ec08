import type { ListCollectionsResponse } from '@aws-sdk/client-rekognition';
import { ListCollectionsRequest } from '../../../aws/models/rekognition.ts';
import { paginate } from '../../pagination.ts';
import { operation } from '../service.ts';
import type { AwsJson } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { invalidPaginationToken } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

/** Also what a MaxResults of 0 means, which AWS's model allows. */
const defaultSize = 4096;

export const ListCollections = operation(
  ListCollectionsRequest,
  (input, { collections }: Pick<RekognitionState, 'collections'>, call): AwsJson<ListCollectionsResponse> => {
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
