import type { DeleteCollectionRequest, DeleteCollectionResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

export const DeleteCollection = implement(
  (
    { CollectionId }: Checked<DeleteCollectionRequest>,
    { collections }: Pick<RekognitionState, 'collections'>,
  ): AwsJson<DeleteCollectionResponse> => {
    if (!collections.delete({ CollectionId })) throw collectionNotFound(CollectionId);
    return { StatusCode: 200 };
  },
);
