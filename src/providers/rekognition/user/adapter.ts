/** The users of face collections at AWS. Every method throws ApiError when it is refused. */
import type { UserStatus } from '@aws-sdk/client-rekognition';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import { type InputOf, inputRefusal } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import type { InvalidInputError } from '../../../errors.ts';
import { missingCollection } from '../collection/adapter.ts';
import { rekognition } from '../service.ts';
import { CreateUser, DeleteUser, ListUsers } from './operations.ts';
import { createdUser, deletedUser } from './settling.ts';
import { missingUser, userIsThere } from './words.ts';

/** User ids are unique only within a collection. */
export const userKey = new NativeKey('collectionId', 'userId');

export type RekognitionUserKey = KeyOf<typeof userKey>;

export interface RekognitionUser extends RekognitionUserKey {
  readonly userStatus?: UserStatus | undefined;
}

export class RekognitionUsers {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  async create(input: InputOf<typeof CreateUser>): Promise<RekognitionUser> {
    const { collectionId, userId } = input;
    await this.#aws.call(CreateUser, input, {
      missing: missingCollection(collectionId),
      // AWS has one exception for a duplicate and for an inconsistent state; a user that is only being
      // created can meet the first alone.
      conflict: userIsThere(collectionId, userId),
      settling: createdUser,
    });
    // CreateUser answers with nothing. A user without faces, which every new one is, has this status:
    // https://docs.aws.amazon.com/rekognition/latest/APIReference/API_User.html
    return { collectionId, userId, userStatus: 'CREATED' };
  }

  async delete(input: InputOf<typeof DeleteUser>): Promise<RekognitionUserKey> {
    const { collectionId, userId } = input;
    await this.#aws.call(DeleteUser, input, {
      missing: missingUser(collectionId, userId),
      conflict: {
        reason: 'INCONSISTENT_STATE',
        message: `The user "${userId}" is being changed, which has to end before it can be deleted.`,
      },
      settling: deletedUser,
    });
    return { collectionId, userId };
  }

  list(input: InputOf<typeof ListUsers>): Promise<ListPage<RekognitionUser>> {
    const { collectionId } = input;
    const missing = missingCollection(collectionId);
    return this.#aws.call(ListUsers, input, { missing }, ({ users = [], nextToken }) => ({
      items: users.map(({ userId, userStatus }) =>
        keyed(userKey, { collectionId, userId: told(userId, 'UserId'), userStatus }),
      ),
      nextToken,
    }));
  }

  /** The error for a key that AWS would refuse. */
  refusalOf(key: RekognitionUserKey): InvalidInputError | undefined {
    return inputRefusal(DeleteUser, key);
  }
}

export const users = rekognition.entity(RekognitionUsers);
