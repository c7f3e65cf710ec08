import type { CreateUserRequest } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { collectionNotFound, userTaken } from './exceptions.ts';
import type { RekognitionState } from './state.ts';

export const CreateUser = implement(
  (
    input: Checked<CreateUserRequest>,
    { collections, users, idempotency }: Pick<RekognitionState, 'collections' | 'users' | 'idempotency'>,
    call,
  ): Record<string, never> =>
    idempotency.once(call, input, () => {
      const { CollectionId, UserId } = input;
      if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
      users.insert({ CollectionId, UserId }, () => userTaken(UserId));
      return {};
    }),
);
