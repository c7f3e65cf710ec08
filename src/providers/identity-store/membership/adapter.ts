/** The memberships of users in the groups of identity stores, at AWS. */
import type { DeleteGroupMembershipCommandInput, GroupMembership } from '@aws-sdk/client-identitystore';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { inTerms, type Move } from '../../../errors.ts';
import type { IdentityStoreGroupKey } from '../group/adapter.ts';
import { identityStore } from '../service.ts';
import { deletedThing } from '../settling.ts';
import type { IdentityStoreUserKey } from '../user/adapter.ts';
import * as operations from './operations.ts';
import { GROUPS_PER_CALL } from './operations.ts';
import { createdMembership } from './settling.ts';

export const membershipKey = new NativeKey('identityStoreId', 'membershipId');

export type IdentityStoreGroupMembershipKey = KeyOf<typeof membershipKey>;

type Described = ApiOutput<GroupMembership>;

/** A membership. AWS has one kind of member, so that its union of them is told by the user's id. */
export interface IdentityStoreGroupMembership
  extends Omit<Described, 'memberId' | 'membershipId' | 'groupId'>,
    IdentityStoreGroupMembershipKey {
  readonly groupId: string;
  readonly userId: string;
}

/** A user and a group of a store. */
export interface UserInGroup {
  readonly identityStoreId: string;
  readonly groupId: string;
  readonly userId: string;
}

interface Keyed {
  readonly idempotencyKey?: string | null | undefined;
}

interface Page {
  readonly maxResults?: number;
  readonly nextToken?: string | undefined;
}

export interface MembershipExistence {
  readonly groupId: string;
  readonly membershipExists: boolean;
}

const groupIdKey = new NativeKey('groupId');

/** Makes several calls, a few of them at a time. */
type InParallel = <Item, Result>(
  items: readonly Item[],
  call: (item: Item) => Promise<Result>,
) => Promise<Result[]>;

/** Each of them leads to something. */
const ids = new NativeKey('identityStoreId', 'membershipId', 'groupId', 'userId');

const deleted = deletedThing<DeleteGroupMembershipCommandInput>({
  key: membershipKey,
  describe: operations.DescribeGroupMembership,
});

export class IdentityStoreGroupMemberships {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  /** Answers with what was sent: AWS itself answers with the ids alone. */
  async create(input: UserInGroup & Keyed): Promise<IdentityStoreGroupMembership> {
    const { identityStoreId, groupId, userId, idempotencyKey } = input;
    const context = {
      missing: missingGroup(input),
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The user ${userId} is a member of the group ${groupId} of the identity store ${identityStoreId} already.`,
      },
      settling: createdMembership,
    } as const;
    const request = { identityStoreId, groupId, memberId: { userId }, idempotencyKey };
    return inCallersTerms(
      this.#aws.call(operations.CreateGroupMembership, request, context, ({ membershipId }) =>
        keyed(membershipKey, { identityStoreId, membershipId, groupId, userId }),
      ),
    );
  }

  async delete(input: IdentityStoreGroupMembershipKey & Keyed): Promise<IdentityStoreGroupMembershipKey> {
    const { identityStoreId, membershipId } = input;
    await this.#aws.call(operations.DeleteGroupMembership, input, {
      missing: missingMembership(input),
      conflict: {
        reason: 'CONCURRENT_MODIFICATION',
        message: `The membership ${membershipId} is being changed by another request. Try again.`,
      },
      settling: deleted,
    });
    return { identityStoreId, membershipId };
  }

  describe(key: IdentityStoreGroupMembershipKey): Promise<IdentityStoreGroupMembership> {
    return this.#aws.call(
      operations.DescribeGroupMembership,
      key,
      { missing: missingMembership(key) },
      toMembership,
    );
  }

  /** The key of the membership of a user in a group. */
  async getKey(input: UserInGroup & Keyed): Promise<IdentityStoreGroupMembershipKey> {
    const { identityStoreId, groupId, userId, idempotencyKey } = input;
    const missing = {
      resourceType: 'GROUP_MEMBERSHIP',
      resourceId: null,
      message: `The user ${userId} is not a member of the group ${groupId} of the identity store ${identityStoreId}.`,
    } as const;
    const request = { identityStoreId, groupId, memberId: { userId }, idempotencyKey };
    return inCallersTerms(
      this.#aws.call(operations.GetGroupMembershipId, request, { missing }, answer =>
        keyed(membershipKey, answer),
      ),
    );
  }

  /** The memberships of a group. */
  listOfGroup(page: IdentityStoreGroupKey & Page): Promise<ListPage<IdentityStoreGroupMembership>> {
    return this.#aws.call(operations.ListGroupMemberships, page, { missing: missingGroup(page) }, toPage);
  }

  /** The memberships of a user. */
  async listOfUser({
    userId,
    ...page
  }: IdentityStoreUserKey & Page): Promise<ListPage<IdentityStoreGroupMembership>> {
    const { identityStoreId } = page;
    const missing = {
      resourceType: 'USER',
      resourceId: userId,
      message: `The identity store ${identityStoreId} has no user ${userId}.`,
    } as const;
    const request = { ...page, memberId: { userId } };
    return inCallersTerms(
      this.#aws.call(operations.ListGroupMembershipsForMember, request, { missing }, toPage),
    );
  }

  /** Whether a user is in each of several groups, in the order of their ids. */
  async isMember(
    { groupIds, ...user }: IdentityStoreUserKey & { readonly groupIds: readonly string[] },
    inParallel: InParallel,
  ): Promise<MembershipExistence[]> {
    const firstOf = new Map<string, number>();
    for (const [at, id] of groupIds.entries()) if (!firstOf.has(id)) firstOf.set(id, at);
    const different = [...firstOf.keys()];
    const starts = Array.from(
      { length: Math.ceil(different.length / GROUPS_PER_CALL) },
      (_, at) => at * GROUPS_PER_CALL,
    );
    const answers = await inParallel(starts, start => {
      const some = different.slice(start, start + GROUPS_PER_CALL);
      const moves = some.map(
        (id, at): Move => [
          ['groupIds', String(at)],
          ['groupIds', String(firstOf.get(id))],
        ],
      );
      return inCallersTerms(this.#isMemberOf(user, some), moves);
    });
    const exists = new Map(answers.flat());
    return groupIds.map(groupId => ({
      groupId,
      membershipExists: told(exists.get(groupId), 'MembershipExists'),
    }));
  }

  /** What AWS says of as many groups as it takes in one call, in whatever order. */
  #isMemberOf(
    { identityStoreId, userId }: IdentityStoreUserKey,
    groupIds: readonly string[],
  ): Promise<(readonly [groupId: string, membershipExists: boolean])[]> {
    const missing = {
      resourceType: 'USER',
      resourceId: userId,
      message: `The identity store ${identityStoreId} has no user ${userId}.`,
    } as const;
    const request = { identityStoreId, memberId: { userId }, groupIds };
    return this.#aws.call(operations.IsMemberInGroups, request, { missing }, ({ results }) =>
      results.map(
        ({ groupId, membershipExists }) =>
          [groupIdIn(groupId), told(membershipExists, 'MembershipExists')] as const,
      ),
    );
  }
}

export const memberships = identityStore.entity(IdentityStoreGroupMemberships);

function groupIdIn(groupId: string | undefined): string {
  return keyed(groupIdKey, { groupId: told(groupId, 'GroupId') }).groupId;
}

function toMembership(membership: Described): IdentityStoreGroupMembership {
  const { memberId, membershipId, groupId, ...others } = membership;
  return keyed(ids, {
    ...others,
    membershipId: told(membershipId, 'MembershipId'),
    groupId: told(groupId, 'GroupId'),
    userId: told(memberId?.userId, 'UserId'),
  });
}

function toPage(answer: {
  readonly groupMemberships: readonly Described[];
  readonly nextToken?: string | undefined;
}): ListPage<IdentityStoreGroupMembership> {
  return { items: answer.groupMemberships.map(toMembership), nextToken: answer.nextToken };
}

function missingGroup({ identityStoreId, groupId }: IdentityStoreGroupKey) {
  return {
    resourceType: 'GROUP',
    resourceId: groupId,
    message: `The identity store ${identityStoreId} has no group ${groupId}.`,
  } as const;
}

function missingMembership({ identityStoreId, membershipId }: IdentityStoreGroupMembershipKey) {
  return {
    resourceType: 'GROUP_MEMBERSHIP',
    resourceId: membershipId,
    message: `The identity store ${identityStoreId} has no membership ${membershipId}.`,
  } as const;
}

const userInMember: Move = [['memberId', 'userId'], ['userId']];

function inCallersTerms<Answer>(answer: Promise<Answer>, moves: readonly Move[] = []): Promise<Answer> {
  return inTerms(answer, [userInMember, ...moves]);
}
