/** Amazon Rekognition's collections and their users: the port, and its implementation on the AWS SDK. */
import {
  CreateUserCommand,
  DeleteUserCommand,
  DescribeCollectionCommand,
  ListUsersCommand,
  type UserStatus,
} from '@aws-sdk/client-rekognition';
import { assertValid } from '../../aws/input.ts';
import * as models from '../../aws/models/rekognition.ts';
import type { Page } from '../../aws/page.ts';
import type { AwsService } from '../../aws/service.ts';

/** The key of a user: user ids are unique only within a collection. */
export interface RekognitionUserKey {
  readonly collectionId: string;
  readonly userId: string;
}

export interface RekognitionUser extends RekognitionUserKey {
  readonly userStatus: UserStatus | null;
}

export interface RekognitionCollection {
  readonly collectionId: string;
  readonly collectionArn: string | null;
  readonly faceModelVersion: string | null;
  readonly faceCount: number | null;
  readonly userCount: number | null;
  readonly creationTimestamp: Date | null;
}

/** An input to a change; AWS recognises a repeated change by its key. */
export interface RekognitionUserChange extends RekognitionUserKey {
  readonly idempotencyKey?: string | null | undefined;
}

/** Every method throws ApiError when it is refused. */
export interface Rekognition {
  createUser(input: RekognitionUserChange): Promise<RekognitionUser>;
  deleteUser(input: RekognitionUserChange): Promise<void>;
  listUsers(collectionId: string, size: number, token?: string): Promise<Page<RekognitionUser>>;
  describeCollection(collectionId: string): Promise<RekognitionCollection>;
  /** Refuses a key that AWS would refuse, without asking AWS. */
  checkUserKey(key: RekognitionUserKey): void;
}

/** The largest page of ListUsers. */
export const MAX_USER_PAGE = 500;

export class AwsRekognition implements Rekognition {
  readonly #aws: AwsService;

  constructor(aws: AwsService) {
    this.#aws = aws;
  }

  async createUser({
    collectionId,
    userId,
    idempotencyKey,
  }: RekognitionUserChange): Promise<RekognitionUser> {
    await this.#aws.call({
      shape: models.CreateUserRequest,
      request: {
        CollectionId: collectionId,
        UserId: userId,
        ClientRequestToken: idempotencyKey ?? undefined,
      },
      command: CreateUserCommand,
      effect: 'repeatableChange',
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

  async deleteUser({ collectionId, userId, idempotencyKey }: RekognitionUserChange): Promise<void> {
    await this.#aws.call({
      shape: models.DeleteUserRequest,
      request: {
        CollectionId: collectionId,
        UserId: userId,
        ClientRequestToken: idempotencyKey ?? undefined,
      },
      command: DeleteUserCommand,
      effect: 'repeatableChange',
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
  }

  async listUsers(collectionId: string, size: number, token?: string): Promise<Page<RekognitionUser>> {
    const { Users = [], NextToken } = await this.#aws.call({
      shape: models.ListUsersRequest,
      request: { CollectionId: collectionId, MaxResults: size, NextToken: token },
      command: ListUsersCommand,
      effect: 'read',
      missing: missingCollection(collectionId),
    });
    return {
      items: Users.map(({ UserId = '', UserStatus }) => ({
        collectionId,
        userId: UserId,
        userStatus: UserStatus ?? null,
      })),
      nextToken: NextToken,
    };
  }

  async describeCollection(collectionId: string): Promise<RekognitionCollection> {
    const collection = await this.#aws.call({
      shape: models.DescribeCollectionRequest,
      request: { CollectionId: collectionId },
      command: DescribeCollectionCommand,
      effect: 'read',
      missing: missingCollection(collectionId),
    });
    return {
      collectionId,
      collectionArn: collection.CollectionARN ?? null,
      faceModelVersion: collection.FaceModelVersion ?? null,
      faceCount: collection.FaceCount ?? null,
      userCount: collection.UserCount ?? null,
      creationTimestamp: collection.CreationTimestamp ?? null,
    };
  }

  checkUserKey({ collectionId, userId }: RekognitionUserKey): void {
    assertValid(models.DeleteUserRequest, { CollectionId: collectionId, UserId: userId });
  }
}

function missingCollection(collectionId: string) {
  return {
    resourceType: 'COLLECTION',
    resourceId: collectionId,
    message: `There is no collection "${collectionId}".`,
  } as const;
}
