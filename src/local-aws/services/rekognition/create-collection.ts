import type { CreateCollectionRequest, CreateCollectionResponse } from '@aws-sdk/client-rekognition';
import { AwsException } from '../../exception.ts';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionArn, faceModelVersion } from './collection-arn.ts';
import { everything, type RekognitionState } from './state.ts';

export const CreateCollection = operation(
  (
    { CollectionId: id }: Checked<CreateCollectionRequest>,
    { collections, clock }: Pick<RekognitionState, 'collections' | 'clock'>,
    { region },
  ): AwsJson<CreateCollectionResponse> => {
    if (collections.get(everything, id)) {
      throw new AwsException('ResourceAlreadyExistsException', `The collection id: ${id} already exists`);
    }
    collections.put(everything, id, { id, createdAt: clock().getTime() / 1000 });
    return {
      StatusCode: 200,
      CollectionArn: collectionArn(id, region),
      FaceModelVersion: faceModelVersion,
    };
  },
);
