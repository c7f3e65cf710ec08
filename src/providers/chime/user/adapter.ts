/** The users of Chime accounts at AWS. Every method throws ApiError when it is refused. */
import type { User } from '@aws-sdk/client-chime';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { missingAccount } from '../account/adapter.ts';
import { chime } from '../service.ts';
import { CreateUser, GetUser, ListUsers } from './operations.ts';
import { createdUser } from './settling.ts';

export const userKey = new NativeKey('accountId', 'userId');

export type ChimeUserKey = KeyOf<typeof userKey>;

export type ChimeUser = ApiOutput<User> & ChimeUserKey;

export class ChimeUsers {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  create(input: InputOf<typeof CreateUser>): Promise<ChimeUser> {
    const { accountId } = input;
    const context = {
      missing: missingAccount(accountId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The Amazon Chime account ${accountId} already has this user.`,
      },
      settling: createdUser,
    } as const;
    return this.#aws.call(CreateUser, input, context, ({ user }) => toUser(user, accountId));
  }

  get(key: ChimeUserKey): Promise<ChimeUser> {
    const { accountId, userId } = key;
    const missing = {
      resourceType: 'USER',
      resourceId: userId,
      message: `The Amazon Chime account ${accountId} has no user ${userId}, or there is no such account.`,
    } as const;
    return this.#aws.call(GetUser, key, { missing }, ({ user }) => toUser(user, accountId));
  }

  list(input: InputOf<typeof ListUsers>): Promise<ListPage<ChimeUser>> {
    const { accountId } = input;
    const missing = missingAccount(accountId);
    return this.#aws.call(ListUsers, input, { missing }, ({ users = [], nextToken }) => ({
      items: users.map(user => toUser(user, accountId)),
      nextToken,
    }));
  }
}

export const users = chime.entity(ChimeUsers);

/** The one converter of users, for create, get and list; AWS's model lets a user leave out its account. */
function toUser(user: ApiOutput<User> | undefined, accountId: string): ChimeUser {
  return keyed(userKey, { ...told(user, 'User'), accountId });
}
