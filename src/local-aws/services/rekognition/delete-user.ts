import type { DeleteUserRequest } from '@aws-sdk/client-rekognition';
import { operation } from '../service.ts';
import type { Checked } from '../wire.ts';
import { collectionNotFound, userNotFound } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

export const DeleteUser = operation(
  (
    input: Checked<DeleteUserRequest>,
    { collections, users, idempotency }: Pick<RekognitionState, 'collections' | 'users' | 'idempotency'>,
    call,
  ): Record<string, never> =>
    idempotency.once(call, input, () => {
      const { CollectionId, UserId } = input;
      if (!collections.get(everything, CollectionId)) throw collectionNotFound(CollectionId);
      if (!users.get(CollectionId, UserId)) throw userNotFound(UserId);
      users.delete(CollectionId, UserId);
      return {};
    }),
);
