import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-rekognition';
import { paginate } from '../../pagination.ts';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound, invalidPaginationToken } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

const defaultSize = 500;

export const ListUsers = operation(
  (
    input: Checked<ListUsersRequest>,
    { collections, users }: Pick<RekognitionState, 'collections' | 'users'>,
    call,
  ): AwsJson<ListUsersResponse> => {
    const { CollectionId } = input;
    if (!collections.get(everything, CollectionId)) throw collectionNotFound(CollectionId);
    const { rows, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, page =>
      users.page(CollectionId, page),
    );
    return { Users: rows, ...nextToken };
  },
);
