/** Amazon Chime's accounts and their users: the port, and its implementation on the AWS SDK. */
import {
  type Account,
  CreateUserCommand,
  GetAccountCommand,
  GetUserCommand,
  ListUsersCommand,
  type User,
  type UserType,
} from '@aws-sdk/client-chime';
import { idempotencyKeyIssues } from '../../aws/idempotency-key.ts';
import { type Camel, fromAws } from '../../aws/members.ts';
import * as models from '../../aws/models/chime.ts';
import type { Page } from '../../aws/page.ts';
import type { AwsService } from '../../aws/service.ts';
import { type InputIssue, type MissingResource, ProviderFailureError } from '../../errors.ts';

export interface ChimeUserKey {
  readonly accountId: string;
  readonly userId: string;
}

export type ChimeUser = Omit<Camel<User>, keyof ChimeUserKey> & ChimeUserKey;

export type ChimeAccount = Camel<Account> & { readonly accountId: string };

export interface CreateChimeUser {
  readonly accountId: string;
  readonly username?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly userType?: UserType | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Which users to list; all of the account without an e-mail address. */
export interface ChimeUserFilter {
  readonly accountId: string;
  readonly email?: string;
}

/** Every method throws ApiError when it is refused. */
export interface Chime {
  createUser(input: CreateChimeUser): Promise<ChimeUser>;
  getUser(key: ChimeUserKey): Promise<ChimeUser>;
  listUsers(filter: ChimeUserFilter, size: number, token?: string): Promise<Page<ChimeUser>>;
  getAccount(accountId: string): Promise<ChimeAccount>;
}

/** The largest page of ListUsers. */
export const MAX_USER_PAGE = 200;

export class AwsChime implements Chime {
  readonly #aws: AwsService;

  constructor(aws: AwsService) {
    this.#aws = aws;
  }

  async createUser({
    accountId,
    username,
    email,
    userType,
    idempotencyKey,
  }: CreateChimeUser): Promise<ChimeUser> {
    const { User: user } = await this.#aws.call({
      shape: models.CreateUserRequest,
      request: {
        AccountId: accountId,
        Username: username ?? undefined,
        Email: email ?? undefined,
        UserType: userType ?? undefined,
      },
      issues: [...pathIssues({ accountId }), ...idempotencyKeyIssues(idempotencyKey)],
      command: CreateUserCommand,
      effect: 'change',
      missing: missingAccount(accountId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The Amazon Chime account ${accountId} already has this user.`,
      },
    });
    return toUser(user ?? noAnswer('user'), accountId);
  }

  async getUser({ accountId, userId }: ChimeUserKey): Promise<ChimeUser> {
    const { User: user } = await this.#aws.call({
      shape: models.GetUserRequest,
      request: { AccountId: accountId, UserId: userId },
      issues: pathIssues({ accountId, userId }),
      command: GetUserCommand,
      effect: 'read',
      missing: {
        resourceType: 'USER',
        resourceId: userId,
        message: `The Amazon Chime account ${accountId} has no user ${userId}, or there is no such account.`,
      },
    });
    return toUser(user ?? noAnswer('user'), accountId);
  }

  async listUsers(
    { accountId, email }: ChimeUserFilter,
    size: number,
    token?: string,
  ): Promise<Page<ChimeUser>> {
    const { Users = [], NextToken } = await this.#aws.call({
      shape: models.ListUsersRequest,
      request: { AccountId: accountId, UserEmail: email, MaxResults: size, NextToken: token },
      issues: pathIssues({ accountId }),
      command: ListUsersCommand,
      effect: 'read',
      missing: missingAccount(accountId),
    });
    return { items: Users.map(user => toUser(user, accountId)), nextToken: NextToken };
  }

  async getAccount(accountId: string): Promise<ChimeAccount> {
    const { Account: account } = await this.#aws.call({
      shape: models.GetAccountRequest,
      request: { AccountId: accountId },
      issues: pathIssues({ accountId }),
      command: GetAccountCommand,
      effect: 'read',
      missing: missingAccount(accountId),
    });
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

/** Ids become parts of the URL's path, where these two would lead to another operation. */
function pathIssues(ids: Readonly<Record<string, string>>): InputIssue[] {
  return Object.entries(ids)
    .filter(([, id]) => id === '.' || id === '..')
    .map(([name]) => ({ path: [name], message: `${name} must not be "." or "..".` }));
}

function missingAccount(accountId: string): MissingResource & { message: string } {
  return {
    resourceType: 'ACCOUNT',
    resourceId: accountId,
    message: `There is no Amazon Chime account ${accountId}.`,
  };
}
