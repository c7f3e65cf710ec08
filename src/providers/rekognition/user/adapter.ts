/** The users of face collections. Every method throws ApiError when it is refused. */
import type { UserStatus } from '@aws-sdk/client-rekognition';
import type { Page } from '../../../aws/page.ts';
import { type AwsService, checked, type InputOf } from '../../../aws/service.ts';
import { missingCollection } from '../collection/adapter.ts';
import { CreateUser, DeleteUser, ListUsers } from '../operations.ts';

/** The key of a user: user ids are unique only within a collection. */
export interface RekognitionUserKey {
  readonly collectionId: string;
  readonly userId: string;
}

export interface RekognitionUser extends RekognitionUserKey {
  readonly userStatus: UserStatus | null;
}

/** The largest page of ListUsers. */
export const MAX_USER_PAGE = 500;

export class RekognitionUsers {
  readonly #aws: AwsService;

  constructor(aws: AwsService) {
    this.#aws = aws;
  }

  async create(input: InputOf<typeof CreateUser>): Promise<RekognitionUser> {
    const { collectionId, userId } = input;
    await this.#aws.call(CreateUser, input, {
      missing: missingCollection(collectionId),
      // AWS has one exception for a duplicate and for an inconsistent state; a user that is only being
      // created can meet the first alone.
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The collection "${collectionId}" already has a user "${userId}".`,
      },
    });
    // CreateUser answers with nothing. A user without faces, which every new one is, has this status:
    // https://docs.aws.amazon.com/rekognition/latest/APIReference/API_User.html
    return { collectionId, userId, userStatus: 'CREATED' };
  }

  async delete(input: InputOf<typeof DeleteUser>): Promise<RekognitionUserKey> {
    const { collectionId, userId } = input;
    await this.#aws.call(DeleteUser, input, {
      // AWS does not tell whether the user or the collection is missing; either way there is no such user.
      missing: {
        resourceType: 'USER',
        resourceId: userId,
        message: `There is no user "${userId}" in a collection "${collectionId}".`,
      },
      conflict: {
        reason: 'INCONSISTENT_STATE',
        message: `The user "${userId}" is being changed, which has to end before it can be deleted.`,
      },
    });
    return { collectionId, userId };
  }

  async list(collectionId: string, size: number, token?: string): Promise<Page<RekognitionUser>> {
    const { Users = [], NextToken } = await this.#aws.call(
      ListUsers,
      { collectionId, maxResults: size, nextToken: token },
      { missing: missingCollection(collectionId) },
    );
    return {
      items: Users.map(({ UserId = '', UserStatus }) => ({
        collectionId,
        userId: UserId,
        userStatus: UserStatus ?? null,
      })),
      nextToken: NextToken,
    };
  }

  /** Refuses a key that AWS would refuse, without asking AWS. */
  checkKey(key: RekognitionUserKey): void {
    checked(DeleteUser, key);
  }
}
