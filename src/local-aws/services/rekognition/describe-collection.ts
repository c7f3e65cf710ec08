import type { DescribeCollectionRequest, DescribeCollectionResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionArn, faceModelVersion } from './collection-arn.ts';
import { describedCollectionNotFound } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

export const DescribeCollection = implement(
  (
    { CollectionId }: Checked<DescribeCollectionRequest>,
    { collections, users, faces }: Pick<RekognitionState, 'collections' | 'users' | 'faces'>,
    { region },
  ): AwsJson<DescribeCollectionResponse> => {
    const collection = collections.find({ CollectionId });
    if (!collection) throw describedCollectionNotFound(CollectionId);
    return {
      FaceCount: faces.count({ CollectionId }),
      UserCount: users.count({ CollectionId }),
      FaceModelVersion: faceModelVersion,
      CollectionARN: collectionArn(CollectionId, region),
      CreationTimestamp: collection.createdAt,
    };
  },
);
