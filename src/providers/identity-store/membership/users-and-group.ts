/** What adding users to a group and removing them have in common. */

import { mostItems } from '../../../schema/operation/most-items.ts';
import type { InputBuilder } from '../../../schema/operation/mutation.ts';
import type { UserInGroup } from './adapter.ts';

interface UsersAndGroup {
  readonly identityStoreId: string;
  readonly groupId: string;
  readonly userIds: readonly string[];
  readonly idempotencyKey?: string | null | undefined;
}

/** A group, and users. */
export const usersAndGroup = (t: InputBuilder, cost: string) => ({
  groupId: t.string({ required: true, description: 'The id of the group.' }),
  userIds: t.stringList({
    required: true,
    description: `The ids of the users, ${mostItems}; each costs ${cost} to AWS.`,
  }),
});

/** The request for one user, which takes calls of its own. */
export function requestFor(userId: string, { identityStoreId, groupId }: Omit<UsersAndGroup, 'userIds'>) {
  return { identityStoreId, groupId, memberId: { userId } };
}

/** Where that has the user. */
export const userSentAs = ['memberId', 'userId'] as const;

/** The user of a part. */
export function userIn({
  userIds: [userId = ''],
  ...input
}: UsersAndGroup): UserInGroup & Pick<UsersAndGroup, 'idempotencyKey'> {
  return { ...input, userId };
}
