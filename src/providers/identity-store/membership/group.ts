import { field } from '../../../schema/operation/query.ts';
import { groupByKey } from '../group/loaders.ts';
import { DescribeGroup } from '../group/operations.ts';
import { IdentityStoreGroup } from '../group/type.ts';
import { IdentityStoreGroupMembership } from './type.ts';

export const membershipGroup = field(IdentityStoreGroupMembership, 'group', {
  description: 'The group; null when it does not exist any more.',
  scope: 'identity-store:groups:read',
  aws: [DescribeGroup],
  type: IdentityStoreGroup,
  args: () => ({}),
  run: ({ identityStoreId, groupId }, _args, context) =>
    context.find(groupByKey, { identityStoreId, groupId }),
});
