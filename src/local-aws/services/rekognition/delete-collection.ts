import type { DeleteCollectionRequest, DeleteCollectionResponse } from '@aws-sdk/client-rekognition';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

export const DeleteCollection = operation(
  (
    { CollectionId: id }: Checked<DeleteCollectionRequest>,
    { collections, users }: Pick<RekognitionState, 'collections' | 'users'>,
  ): AwsJson<DeleteCollectionResponse> => {
    if (!collections.get(everything, id)) throw collectionNotFound(id);
    users.deleteAll(id);
    collections.delete(everything, id);
    return { StatusCode: 200 };
  },
);
