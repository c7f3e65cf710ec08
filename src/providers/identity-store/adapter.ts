/** The users of identity stores: the port, and its implementation on the AWS SDK. */
import {
  type AlternateIdentifier,
  CreateUserCommand,
  type CreateUserRequest,
  DeleteUserCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListUsersCommand,
  type User,
} from '@aws-sdk/client-identitystore';
import { idempotencyKeyIssues } from '../../aws/idempotency-key.ts';
import { invalidInput } from '../../aws/input.ts';
import { type Camel, fromAws, toAws } from '../../aws/members.ts';
import * as models from '../../aws/models/identity-store.ts';
import type { Page } from '../../aws/page.ts';
import type { AwsService } from '../../aws/service.ts';
import type { InputIssue } from '../../errors.ts';

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

/** The input of a create: AWS's members in camelCase, of which AWS's own model requires next to none. */
export interface CreateIdentityStoreUser {
  readonly identityStoreId?: string | null | undefined;
  readonly userName?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly name?:
    | { readonly givenName?: string | null | undefined; readonly familyName?: string | null | undefined }
    | null
    | undefined;
  readonly extensions?: Extensions | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface DeleteIdentityStoreUser {
  readonly identityStoreId?: string | null | undefined;
  readonly userId: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Every method throws ApiError when it is refused. */
export interface IdentityStore {
  /** The store to use when `given` is, or is not, an id: the gateway's own is the default. */
  storeId(given: string | null | undefined): string;
  /** Answers with what was sent: AWS itself answers with the ids alone. */
  createUser(input: CreateIdentityStoreUser): Promise<IdentityStoreUser>;
  deleteUser(input: DeleteIdentityStoreUser): Promise<IdentityStoreUserKey>;
  describeUser(key: IdentityStoreUserKey): Promise<IdentityStoreUser>;
  listUsers(identityStoreId: string, size: number, token?: string): Promise<Page<IdentityStoreUser>>;
  getUserId(identityStoreId: string, alias: IdentityStoreUserAlias): Promise<IdentityStoreUserKey>;
}

/** The largest page of ListUsers. */
export const MAX_USER_PAGE = 100;

/** AWS leaves extensions out unless they are asked for by name, and knows only this one. */
const EXTENSION_NAMES = ['aws:identitystore:enterprise'];

/** The customer's own data, whose member names stay as they are. */
const OPAQUE = ['extensions', 'Extensions'];

export class AwsIdentityStore implements IdentityStore {
  readonly #aws: AwsService;
  readonly #defaultStoreId: string | undefined;

  constructor(aws: AwsService, defaultStoreId: string | undefined) {
    this.#aws = aws;
    this.#defaultStoreId = defaultStoreId;
  }

  storeId(given: string | null | undefined): string {
    const storeId = given ?? this.#defaultStoreId;
    if (storeId !== undefined) return storeId;
    throw invalidInput([{ path: ['identityStoreId'], message: 'identityStoreId is required.' }]);
  }

  async createUser({ idempotencyKey, ...input }: CreateIdentityStoreUser): Promise<IdentityStoreUser> {
    const identityStoreId = input.identityStoreId ?? this.#defaultStoreId;
    const request = toAws({ ...input, identityStoreId }, OPAQUE) as unknown as CreateUserRequest;
    const { UserId } = await this.#aws.call({
      shape: models.CreateUserRequest,
      request,
      issues: [...unwrittenRules(input), ...idempotencyKeyIssues(idempotencyKey)],
      command: CreateUserCommand,
      effect: 'change',
      missing: missingStore(identityStoreId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The identity store ${identityStoreId} already has a user with this userName or e-mail address.`,
      },
    });
    return toUser({ ...request, UserId });
  }

  async deleteUser({
    userId,
    idempotencyKey,
    ...input
  }: DeleteIdentityStoreUser): Promise<IdentityStoreUserKey> {
    const identityStoreId = this.storeId(input.identityStoreId);
    await this.#aws.call({
      shape: models.DeleteUserRequest,
      request: { IdentityStoreId: identityStoreId, UserId: userId },
      issues: idempotencyKeyIssues(idempotencyKey),
      command: DeleteUserCommand,
      effect: 'change',
      missing: missingUser(identityStoreId, userId),
      conflict: {
        reason: 'CONCURRENT_MODIFICATION',
        message: `The user ${userId} is being changed by another request. Try again.`,
      },
    });
    return { identityStoreId, userId };
  }

  async describeUser({ identityStoreId, userId }: IdentityStoreUserKey): Promise<IdentityStoreUser> {
    const user = await this.#aws.call({
      shape: models.DescribeUserRequest,
      request: { IdentityStoreId: identityStoreId, UserId: userId, Extensions: EXTENSION_NAMES },
      command: DescribeUserCommand,
      effect: 'read',
      missing: missingUser(identityStoreId, userId),
    });
    return toUser(user);
  }

  async listUsers(identityStoreId: string, size: number, token?: string): Promise<Page<IdentityStoreUser>> {
    const { Users, NextToken } = await this.#aws.call({
      shape: models.ListUsersRequest,
      request: {
        IdentityStoreId: identityStoreId,
        MaxResults: size,
        NextToken: token,
        Extensions: EXTENSION_NAMES,
      },
      command: ListUsersCommand,
      effect: 'read',
      missing: missingStore(identityStoreId),
    });
    return { items: (Users ?? []).map(toUser), nextToken: NextToken };
  }

  async getUserId(identityStoreId: string, alias: IdentityStoreUserAlias): Promise<IdentityStoreUserKey> {
    const { UserId = '' } = await this.#aws.call({
      shape: models.GetUserIdRequest,
      request: { IdentityStoreId: identityStoreId, AlternateIdentifier: alternateIdentifier(alias) },
      command: GetUserIdCommand,
      effect: 'read',
      missing: {
        resourceType: 'USER',
        resourceId: null,
        message: `The identity store ${identityStoreId} has no such user.`,
      },
    });
    return { identityStoreId, userId: UserId };
  }
}

/** The one converter of users, for create, describe and list. */
function toUser(user: User): IdentityStoreUser {
  return fromAws(user, OPAQUE) as unknown as IdentityStoreUser;
}

function alternateIdentifier(alias: IdentityStoreUserAlias): AlternateIdentifier {
  if ('externalId' in alias) {
    return { ExternalId: { Issuer: alias.externalId.issuer, Id: alias.externalId.id } };
  }
  return {
    UniqueAttribute:
      'userName' in alias
        ? { AttributePath: 'userName', AttributeValue: alias.userName }
        : { AttributePath: 'emails.value', AttributeValue: alias.email },
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
