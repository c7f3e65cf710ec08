/** The users of identity stores. Every method throws ApiError when it is refused. */
import type { User } from '@aws-sdk/client-identitystore';
import { invalidInput } from '../../aws/input.ts';
import { type Camel, fromAws } from '../../aws/members.ts';
import type { Page } from '../../aws/page.ts';
import { type AwsService, checked, type InputOf } from '../../aws/service.ts';
import type { InputIssue } from '../../errors.ts';
import { CreateUser, DeleteUser, DescribeUser, GetUserId, ListUsers } from './operations.ts';

export interface IdentityStoreUserKey {
  readonly identityStoreId: string;
  readonly userId: string;
}

type Extensions = Readonly<Record<string, unknown>>;

/** A user as AWS describes it. */
export type IdentityStoreUser = Omit<Camel<User>, 'extensions' | keyof IdentityStoreUserKey> &
  IdentityStoreUserKey & { readonly extensions?: Extensions };

/** What this API can find a user by, besides its id. */
export type IdentityStoreUserAlias =
  | { readonly userName: string }
  | { readonly email: string }
  | { readonly externalId: { readonly issuer: string; readonly id: string } };

/** An input whose identity store may be left out: the gateway's own is the default. */
type InStore<Input> = Omit<Input, 'identityStoreId'> & {
  readonly identityStoreId?: string | null | undefined;
};

export type CreateIdentityStoreUser = InStore<InputOf<typeof CreateUser>>;

/** The largest page of ListUsers. */
export const MAX_USER_PAGE = 100;

/** AWS leaves extensions out unless they are asked for by name, and knows only this one. */
const EXTENSION_NAMES = ['aws:identitystore:enterprise'];

/** The customer's own data, whose member names stay as they are. */
const OPAQUE = ['Extensions'];

export class IdentityStore {
  readonly #aws: AwsService;
  readonly #defaultStoreId: string | undefined;

  constructor(aws: AwsService, defaultStoreId: string | undefined) {
    this.#aws = aws;
    this.#defaultStoreId = defaultStoreId;
  }

  /** The store to use when `given` is, or is not, an id. */
  storeId(given: string | null | undefined): string {
    const storeId = given ?? this.#defaultStoreId;
    if (storeId !== undefined) return storeId;
    throw invalidInput([{ path: ['identityStoreId'], message: 'identityStoreId is required.' }]);
  }

  /** Answers with what was sent: AWS itself answers with the ids alone. */
  async createUser(input: CreateIdentityStoreUser): Promise<IdentityStoreUser> {
    // Without any, the check says so, together with whatever else is wrong.
    const identityStoreId = (input.identityStoreId ?? this.#defaultStoreId) as string;
    const request = checked(CreateUser, { ...input, identityStoreId }, unwrittenRules(input));
    const { UserId } = await this.#aws.send(CreateUser, request, {
      missing: missingStore(identityStoreId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The identity store ${identityStoreId} already has a user with this userName or e-mail address.`,
      },
    });
    return toUser({ ...request, UserId });
  }

  async deleteUser(input: InStore<InputOf<typeof DeleteUser>>): Promise<IdentityStoreUserKey> {
    const { userId } = input;
    const identityStoreId = this.storeId(input.identityStoreId);
    await this.#aws.call(
      DeleteUser,
      { ...input, identityStoreId },
      {
        missing: missingUser(identityStoreId, userId),
        conflict: {
          reason: 'CONCURRENT_MODIFICATION',
          message: `The user ${userId} is being changed by another request. Try again.`,
        },
      },
    );
    return { identityStoreId, userId };
  }

  async describeUser({ identityStoreId, userId }: IdentityStoreUserKey): Promise<IdentityStoreUser> {
    const user = await this.#aws.call(
      DescribeUser,
      { identityStoreId, userId, extensions: EXTENSION_NAMES },
      { missing: missingUser(identityStoreId, userId) },
    );
    return toUser(user);
  }

  async listUsers(identityStoreId: string, size: number, token?: string): Promise<Page<IdentityStoreUser>> {
    const { Users = [], NextToken } = await this.#aws.call(
      ListUsers,
      { identityStoreId, maxResults: size, nextToken: token, extensions: EXTENSION_NAMES },
      { missing: missingStore(identityStoreId) },
    );
    return { items: Users.map(toUser), nextToken: NextToken };
  }

  async getUserId(identityStoreId: string, alias: IdentityStoreUserAlias): Promise<IdentityStoreUserKey> {
    const missing = {
      resourceType: 'USER',
      resourceId: null,
      message: `The identity store ${identityStoreId} has no such user.`,
    } as const;
    const { UserId = '' } = await this.#aws.call(
      GetUserId,
      { identityStoreId, alternateIdentifier: alternateIdentifier(alias) },
      { missing },
    );
    return { identityStoreId, userId: UserId };
  }
}

/** The one converter of users, for create, describe and list. */
function toUser(user: User): IdentityStoreUser {
  return fromAws(user, OPAQUE) as unknown as IdentityStoreUser;
}

function alternateIdentifier(
  alias: IdentityStoreUserAlias,
): InputOf<typeof GetUserId>['alternateIdentifier'] {
  if ('externalId' in alias) return { externalId: alias.externalId };
  return {
    uniqueAttribute:
      'userName' in alias
        ? { attributePath: 'userName', attributeValue: alias.userName }
        : { attributePath: 'emails.value', attributeValue: alias.email },
  };
}

/** IAM Identity Center keeps these names for itself: the documentation of CreateUser's UserName. */
const RESERVED_NAMES = new Set(['administrator', 'awsadministrators']);

/** AWS's model marks these members as optional, and yet the service refuses a user without them. */
function unwrittenRules({ userName, displayName, name }: CreateIdentityStoreUser): InputIssue[] {
  const wanted: readonly [string[], string | null | undefined][] = [
    [['userName'], userName],
    [['displayName'], displayName],
    [['name', 'givenName'], name?.givenName],
    [['name', 'familyName'], name?.familyName],
  ];
  const issues = wanted
    .filter(([, value]) => value === null || value === undefined)
    .map(([path]) => ({ path, message: `${path.join('.')} is required.` }));
  if (userName && RESERVED_NAMES.has(userName.toLowerCase())) {
    issues.push({ path: ['userName'], message: 'userName must not be a name that AWS reserves for itself.' });
  }
  return issues;
}

function missingStore(identityStoreId: string | undefined) {
  return {
    resourceType: 'IDENTITY_STORE',
    resourceId: identityStoreId ?? null,
    message: `There is no identity store ${identityStoreId}.`,
  } as const;
}

function missingUser(identityStoreId: string, userId: string) {
  return {
    resourceType: 'USER',
    resourceId: userId,
    message: `The identity store ${identityStoreId} has no user ${userId}.`,
  } as const;
}
