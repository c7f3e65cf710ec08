/** Amazon Chime's accounts and their users. Every method throws ApiError when it is refused. */
import type { Account, User } from '@aws-sdk/client-chime';
import { type Camel, fromAws } from '../../aws/members.ts';
import type { Page } from '../../aws/page.ts';
import type { AwsService, InputOf } from '../../aws/service.ts';
import { type MissingResource, ProviderFailureError } from '../../errors.ts';
import { CreateUser, GetAccount, GetUser, ListUsers } from './operations.ts';

export interface ChimeUserKey {
  readonly accountId: string;
  readonly userId: string;
}

export type ChimeUser = Omit<Camel<User>, keyof ChimeUserKey> & ChimeUserKey;

export type ChimeAccount = Camel<Account> & { readonly accountId: string };

/** Which users to list; all of the account without an e-mail address. */
export interface ChimeUserFilter {
  readonly accountId: string;
  readonly email?: string;
}

/** The largest page of ListUsers. */
export const MAX_USER_PAGE = 200;

export class Chime {
  readonly #aws: AwsService;

  constructor(aws: AwsService) {
    this.#aws = aws;
  }

  async createUser(input: InputOf<typeof CreateUser>): Promise<ChimeUser> {
    const { accountId } = input;
    const { User: user } = await this.#aws.call(CreateUser, input, {
      missing: missingAccount(accountId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The Amazon Chime account ${accountId} already has this user.`,
      },
    });
    return toUser(user ?? noAnswer('user'), accountId);
  }

  async getUser({ accountId, userId }: ChimeUserKey): Promise<ChimeUser> {
    const missing = {
      resourceType: 'USER',
      resourceId: userId,
      message: `The Amazon Chime account ${accountId} has no user ${userId}, or there is no such account.`,
    } as const;
    const { User: user } = await this.#aws.call(GetUser, { accountId, userId }, { missing });
    return toUser(user ?? noAnswer('user'), accountId);
  }

  async listUsers(
    { accountId, email }: ChimeUserFilter,
    size: number,
    token?: string,
  ): Promise<Page<ChimeUser>> {
    const { Users = [], NextToken } = await this.#aws.call(
      ListUsers,
      { accountId, userEmail: email, maxResults: size, nextToken: token },
      { missing: missingAccount(accountId) },
    );
    return { items: Users.map(user => toUser(user, accountId)), nextToken: NextToken };
  }

  async getAccount(accountId: string): Promise<ChimeAccount> {
    const { Account: account } = await this.#aws.call(
      GetAccount,
      { accountId },
      { missing: missingAccount(accountId) },
    );
    return { ...fromAws(account ?? noAnswer('account')), accountId };
  }
}

/** The one converter of users, for create, get and list; AWS's model lets a user leave out its account. */
function toUser(user: User, accountId: string): ChimeUser {
  return { ...fromAws(user), accountId, userId: user.UserId ?? '' };
}

/** AWS's model marks the whole answer as optional; without it there is nothing to tell. */
function noAnswer(what: string): never {
  throw new ProviderFailureError({ message: `Amazon Chime answered without the ${what}.`, retryable: false });
}

function missingAccount(accountId: string): MissingResource & { message: string } {
  return {
    resourceType: 'ACCOUNT',
    resourceId: accountId,
    message: `There is no Amazon Chime account ${accountId}.`,
  };
}
