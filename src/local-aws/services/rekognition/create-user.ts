import type { CreateUserRequest } from '@aws-sdk/client-rekognition';
import { AwsException } from '../../exception.ts';
import { operation } from '../service.ts';
import type { Checked } from '../wire.ts';
import { collectionNotFound } from './exceptions.ts';
import { everything, type RekognitionState } from './state.ts';

export const CreateUser = operation(
  (
    input: Checked<CreateUserRequest>,
    { collections, users, idempotency }: Pick<RekognitionState, 'collections' | 'users' | 'idempotency'>,
    call,
  ): Record<string, never> =>
    idempotency.once(call, input, () => {
      const { CollectionId, UserId } = input;
      if (!collections.get(everything, CollectionId)) throw collectionNotFound(CollectionId);
      if (users.get(CollectionId, UserId)) {
        throw new AwsException('ConflictException', `The user id: ${UserId} already exists`);
      }
      users.put(CollectionId, UserId, { UserId, UserStatus: 'CREATED' });
      return {};
    }),
);
