/** How a new membership is looked for when the answer to its making was lost. */
import { found } from '../../../adapter/look-up.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { type CreateGroupMembership, DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';

/** A user is in a group once, so that an older membership is the work of somebody else. */
export const createdMembership: Settling<typeof CreateGroupMembership> = {
  proof: 'conflict',
  async look(aws, { identityStoreId, groupId, memberId }, since) {
    const key = await found(aws.call(GetGroupMembershipId, { identityStoreId, groupId, memberId }));
    const membership = key && (await found(aws.call(DescribeGroupMembership, key)));
    if (!membership) return { state: 'notMade' };
    const { createdAt } = membership;
    if (!createdAt) return { state: 'unclear' };
    return createdAt >= since ? { state: 'made', answer: key } : { state: 'taken' };
  },
};
