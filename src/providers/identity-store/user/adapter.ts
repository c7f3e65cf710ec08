/** The users of identity stores at AWS. Every method throws ApiError when it is refused. */
import type { User } from '@aws-sdk/client-identitystore';
import { keyed } from '../../../adapter/answers.ts';
import { issuesOf } from '../../../adapter/issues.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import { accepted, type InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { shapeOf } from '../../../aws/models/shapes.ts';
import { type InputIssue, issueAt } from '../../../errors.ts';
import { identityStore } from '../service.ts';
import { missingStore } from '../store.ts';
import { CreateUser, DeleteUser, DescribeUser, EXTENSIONS, GetUserId, ListUsers } from './operations.ts';
import { createdUser, deletedUser } from './settling.ts';

export const userKey = new NativeKey('identityStoreId', 'userId');

export type IdentityStoreUserKey = KeyOf<typeof userKey>;

/** A user as AWS describes it. */
export type IdentityStoreUser = ApiOutput<User>;

export type CreateIdentityStoreUser = InputOf<typeof CreateUser>;

export class IdentityStoreUsers {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  /** Answers with what was sent: AWS itself answers with the ids alone. */
  create(input: CreateIdentityStoreUser): Promise<IdentityStoreUser> {
    const { identityStoreId } = input;
    const context = {
      issues: unwrittenRules(input),
      missing: missingStore(identityStoreId),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The identity store ${identityStoreId} already has a user with this userName or e-mail address.`,
      },
      settling: createdUser,
    } as const;
    return this.#aws.call(CreateUser, input, context, ({ userId }) =>
      keyed(userKey, { ...accepted(CreateUser, input), userId }),
    );
  }

  async delete(input: InputOf<typeof DeleteUser>): Promise<IdentityStoreUserKey> {
    const { identityStoreId, userId } = input;
    await this.#aws.call(DeleteUser, input, {
      missing: missingUser(input),
      conflict: {
        reason: 'CONCURRENT_MODIFICATION',
        message: `The user ${userId} is being changed by another request. Try again.`,
      },
      settling: deletedUser,
    });
    return { identityStoreId, userId };
  }

  describe(key: IdentityStoreUserKey): Promise<IdentityStoreUser> {
    const input = { ...key, extensions: EXTENSIONS };
    return this.#aws.call(DescribeUser, input, { missing: missingUser(key) }, toUser);
  }

  list(input: InputOf<typeof ListUsers>): Promise<ListPage<IdentityStoreUser>> {
    const missing = missingStore(input.identityStoreId);
    return this.#aws.call(
      ListUsers,
      { ...input, extensions: EXTENSIONS },
      { missing },
      ({ users: items, nextToken }) => ({ items: items.map(toUser), nextToken }),
    );
  }

  /** The key of the user that has something else that no other user has. */
  getKey(input: InputOf<typeof GetUserId>): Promise<IdentityStoreUserKey> {
    const missing = {
      resourceType: 'USER',
      resourceId: null,
      message: `The identity store ${input.identityStoreId} has no such user.`,
    } as const;
    const context = { missing, issues: attributeIssues(input) };
    return this.#aws.call(GetUserId, input, context, key => keyed(userKey, key));
  }
}

export const users = identityStore.entity(IdentityStoreUsers);

function toUser(user: IdentityStoreUser): IdentityStoreUser {
  return keyed(userKey, user);
}

/** IAM Identity Center keeps these names for itself: the documentation of CreateUser's UserName. */
const RESERVED_NAMES = new Set(['administrator', 'awsadministrators']);

/** AWS's model marks these members as optional, and yet the service refuses a user without them. */
function unwrittenRules({ userName, displayName, name, extensions }: CreateIdentityStoreUser): InputIssue[] {
  const wanted: readonly [string[], string | null | undefined][] = [
    [['userName'], userName],
    [['displayName'], displayName],
    [['name', 'givenName'], name?.givenName],
    [['name', 'familyName'], name?.familyName],
  ];
  const issues = wanted
    .filter(([, value]) => value === null || value === undefined)
    .map(([path]) => issueAt(path, 'is required'));
  if (userName && RESERVED_NAMES.has(userName.toLowerCase())) {
    issues.push(issueAt(['userName'], 'must not be a name that AWS reserves for itself'));
  }
  return [...issues, ...extensionIssues(Object.keys(extensions ?? {}))];
}

/** A name that is none of an extension breaks a rule of the model; so do more names than these. */
function extensionIssues(names: readonly string[]): InputIssue[] {
  const form = shapeOf(identityStore.model, 'ExtensionName');
  return names
    .slice(0, 100)
    .filter(name => !EXTENSIONS.includes(name) && issuesOf(form, name).length === 0)
    .map(name => issueAt(['extensions', name], `is not known to AWS, which has only ${EXTENSIONS.join()}`));
}

/** AWS's model lets the value of an attribute be any JSON; what no user can have is refused all the same. */
function attributeIssues({ alternateIdentifier }: InputOf<typeof GetUserId>): InputIssue[] {
  const { uniqueAttribute } = alternateIdentifier;
  if (!uniqueAttribute) return [];
  const { attributePath, attributeValue } = uniqueAttribute;
  const shape = attributePath === 'userName' ? 'UserName' : 'SensitiveStringType';
  return issuesOf(shapeOf(identityStore.model, shape), attributeValue, [
    'AlternateIdentifier',
    'UniqueAttribute',
    'AttributeValue',
  ]);
}

function missingUser({ identityStoreId, userId }: IdentityStoreUserKey) {
  return {
    resourceType: 'USER',
    resourceId: userId,
    message: `The identity store ${identityStoreId} has no user ${userId}.`,
  } as const;
}
