import type { DeleteCollectionResponse } from '@aws-sdk/client-rekognition';
import { DeleteCollectionRequest } from '../../../aws/models/rekognition.ts';
import { operation } from '../service.ts';
import type { AwsJson } from '../wire.ts';
import { collectionNotFound } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

export const DeleteCollection = operation(
  DeleteCollectionRequest,
  (
    { CollectionId: id },
    { collections, users }: Pick<RekognitionState, 'collections' | 'users'>,
  ): AwsJson<DeleteCollectionResponse> => {
    if (!collections.get(everything, id)) throw collectionNotFound(id);
    users.deleteAll(id);
    collections.delete(everything, id);
    return { StatusCode: 200 };
  },
);
