import type { DeleteUserRequest } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { collectionNotFound, userNotFound } from './exceptions.ts';
import { facesOf, tie } from './faces.ts';
import type { RekognitionState } from './state.ts';

export const DeleteUser = implement(
  (
    input: Checked<DeleteUserRequest>,
    state: Pick<RekognitionState, 'collections' | 'users' | 'faces' | 'idempotency'>,
    call,
  ): Record<string, never> =>
    state.idempotency.once(call, input, () => {
      const { CollectionId, UserId } = input;
      const { collections, users } = state;
      if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
      if (!users.delete({ CollectionId, UserId })) throw userNotFound(UserId);
      tie(state, facesOf(state, { CollectionId, UserId }), undefined);
      return {};
    }),
);
