/** The users of app instances at AWS. Every method throws ApiError when it is refused. */
import type { AppInstanceUser } from '@aws-sdk/client-chime-sdk-identity';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { missingAppInstance } from '../app-instance/adapter.ts';
import { chimeSdkIdentity } from '../service.ts';
import { changeIssues, isWhole, type NameAndMetadata, wholeUpdate, withMetadata } from '../whole-update.ts';
import {
  CreateAppInstanceUser,
  DeleteAppInstanceUser,
  DescribeAppInstanceUser,
  ListAppInstanceUsers,
  PutAppInstanceUserExpirationSettings,
  UpdateAppInstanceUser,
} from './operations.ts';
import { deletedUser, updatedUser } from './settling.ts';

export const userKey = new NativeKey('appInstanceUserArn');

export type ChimeSdkAppInstanceUserKey = KeyOf<typeof userKey>;

export type ChimeSdkAppInstanceUser = ApiOutput<AppInstanceUser> & ChimeSdkAppInstanceUserKey;

export class ChimeSdkAppInstanceUsers {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  /** Answers with what was sent: AWS itself answers with the ARN alone. */
  create(input: InputOf<typeof CreateAppInstanceUser>): Promise<ChimeSdkAppInstanceUser> {
    const { appInstanceArn, appInstanceUserId, name, metadata, expirationSettings } = input;
    const context = {
      missing: missingAppInstance(appInstanceArn),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The app instance already has another user "${appInstanceUserId}", or this idempotencyKey was used before with another input.`,
      },
    } as const;
    return this.#aws.call(CreateAppInstanceUser, input, context, ({ appInstanceUserArn }) =>
      toUser({
        appInstanceUserArn,
        name,
        metadata: metadata ?? undefined,
        expirationSettings: expirationSettings ?? undefined,
      }),
    );
  }

  describe(key: ChimeSdkAppInstanceUserKey): Promise<ChimeSdkAppInstanceUser> {
    const missing = missingUser(key.appInstanceUserArn);
    return this.#aws.call(DescribeAppInstanceUser, key, { missing }, ({ appInstanceUser }) =>
      toUser(told(appInstanceUser, 'AppInstanceUser')),
    );
  }

  list(input: InputOf<typeof ListAppInstanceUsers>): Promise<ListPage<ChimeSdkAppInstanceUser>> {
    const missing = missingAppInstance(input.appInstanceArn);
    return this.#aws.call(
      ListAppInstanceUsers,
      input,
      { missing },
      ({ appInstanceUsers = [], nextToken }) => ({ items: appInstanceUsers.map(toUser), nextToken }),
    );
  }

  /** Reads what the input does not say: AWS replaces name and metadata together. */
  async update(
    input: ChimeSdkAppInstanceUserKey &
      NameAndMetadata &
      Pick<InputOf<typeof UpdateAppInstanceUser>, 'idempotencyKey'>,
  ): Promise<ChimeSdkAppInstanceUserKey> {
    const { appInstanceUserArn, idempotencyKey } = input;
    const key = { appInstanceUserArn, idempotencyKey };
    const context = {
      issues: changeIssues(input, CreateAppInstanceUser),
      missing: missingUser(appInstanceUserArn),
    };
    const before = isWhole(input)
      ? undefined
      : (await this.#aws.call(DescribeAppInstanceUser, key, context)).appInstanceUser;
    const update = { ...key, ...wholeUpdate(input, before) };
    await this.#aws.call(UpdateAppInstanceUser, update, { ...context, settling: updatedUser });
    return { appInstanceUserArn };
  }

  async putExpirationSettings(
    input: InputOf<typeof PutAppInstanceUserExpirationSettings>,
  ): Promise<ChimeSdkAppInstanceUserKey> {
    const { appInstanceUserArn } = input;
    await this.#aws.call(PutAppInstanceUserExpirationSettings, input, {
      missing: missingUser(appInstanceUserArn),
    });
    return { appInstanceUserArn };
  }

  async delete(input: InputOf<typeof DeleteAppInstanceUser>): Promise<ChimeSdkAppInstanceUserKey> {
    const { appInstanceUserArn } = input;
    await this.#aws.call(DeleteAppInstanceUser, input, {
      missing: missingUser(appInstanceUserArn),
      settling: deletedUser,
    });
    return { appInstanceUserArn };
  }
}

export const users = chimeSdkIdentity.entity(ChimeSdkAppInstanceUsers);

/** What a refusal may mean to operations on a user. */
export function missingUser(appInstanceUserArn: string) {
  return {
    resourceType: 'USER',
    resourceId: appInstanceUserArn,
    message: `There is no app instance user ${appInstanceUserArn}.`,
  } as const;
}

/** The one converter of users, for create, describe and list. */
function toUser(user: ApiOutput<AppInstanceUser>): ChimeSdkAppInstanceUser {
  const appInstanceUserArn = told(user.appInstanceUserArn, 'AppInstanceUserArn');
  return keyed(userKey, { ...withMetadata(user), appInstanceUserArn });
}
