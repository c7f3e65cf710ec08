import type { CreateCollectionRequest, CreateCollectionResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionArn, faceModelVersion } from './collection-arn.ts';
import { collectionTaken } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

export const CreateCollection = implement(
  (
    { CollectionId: id, Tags: tags = {} }: Checked<CreateCollectionRequest>,
    { collections, clock }: Pick<RekognitionState, 'collections' | 'clock'>,
    { region },
  ): AwsJson<CreateCollectionResponse> => {
    collections.insert({ id, createdAt: clock().getTime() / 1000, tags }, () => collectionTaken(id));
    return {
      StatusCode: 200,
      // AWS leaves out how an ARN begins, here alone.
      CollectionArn: collectionArn(id, region).replace('arn:', ''),
      FaceModelVersion: faceModelVersion,
    };
  },
);
