import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-rekognition';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound, invalidPaginationToken } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

const defaultSize = 500;

export const ListUsers = implement(
  (
    input: Checked<ListUsersRequest>,
    { collections, users }: Pick<RekognitionState, 'collections' | 'users'>,
    call,
  ): AwsJson<ListUsersResponse> => {
    const { CollectionId } = input;
    if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      users.list({ CollectionId }, range),
    );
    return { Users: entities.map(({ UserId, UserStatus }) => ({ UserId, UserStatus })), ...nextToken };
  },
);
