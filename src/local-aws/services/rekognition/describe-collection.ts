import type { DescribeCollectionRequest, DescribeCollectionResponse } from '@aws-sdk/client-rekognition';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionArn, faceModelVersion } from './collection-arn.ts';
import { collectionNotFound } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

export const DescribeCollection = operation(
  (
    { CollectionId: id }: Checked<DescribeCollectionRequest>,
    { collections, users }: Pick<RekognitionState, 'collections' | 'users'>,
    { region },
  ): AwsJson<DescribeCollectionResponse> => {
    const collection = collections.get(everything, id);
    if (!collection) throw collectionNotFound(id);
    return {
      FaceCount: 0,
      UserCount: users.count(id),
      FaceModelVersion: faceModelVersion,
      CollectionARN: collectionArn(id, region),
      CreationTimestamp: collection.createdAt,
    };
  },
);
