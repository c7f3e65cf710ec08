import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-rekognition';
import { paginate } from '../../pagination.ts';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { collectionNotFound, invalidPaginationToken } from './exceptions.ts';
import { statusOf } from './faces.ts';
import type { RekognitionState } from './state.ts';

const defaultSize = 500;

export const ListUsers = implement(
  (
    input: Checked<ListUsersRequest>,
    state: Pick<RekognitionState, 'collections' | 'users' | 'faces' | 'clock'>,
    call,
  ): AwsJson<ListUsersResponse> => {
    const { CollectionId } = input;
    const { collections, users } = state;
    if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const { entities, nextToken } = paginate(call, input, defaultSize, invalidPaginationToken, range =>
      users.list({ CollectionId }, range),
    );
    return {
      Users: entities.map(user => ({ UserId: user.UserId, UserStatus: statusOf(state, user) })),
      ...nextToken,
    };
  },
);
