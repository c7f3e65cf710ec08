import type { DeleteUserRequest } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { collectionNotFound, userNotFound } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

export const DeleteUser = implement(
  (
    input: Checked<DeleteUserRequest>,
    { collections, users, idempotency }: Pick<RekognitionState, 'collections' | 'users' | 'idempotency'>,
    call,
  ): Record<string, never> =>
    idempotency.once(call, input, () => {
      const { CollectionId, UserId } = input;
      if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
      if (!users.delete({ CollectionId, UserId })) throw userNotFound(UserId);
      return {};
    }),
);
