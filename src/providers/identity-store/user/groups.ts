import { referenceField } from '../../../schema/operation/reference-field.ts';
import { groupByKey } from '../group/loaders.ts';
import { IdentityStoreGroup } from '../group/type.ts';
import { pageOfUser } from '../membership/loaders.ts';
import { ListGroupMembershipsForMember } from '../membership/operations.ts';
import { IdentityStoreGroupMembership } from '../membership/type.ts';
import { IdentityStoreUser } from './type.ts';

export const userGroups = referenceField(IdentityStoreUser, 'groups', {
  description:
    'The groups that the user is in, in the order that AWS gives them; null when the user does not exist any more. AWS tells their ids: what else is asked for of a group costs one more call to AWS.',
  scope: 'identity-store:memberships:read',
  operation: ListGroupMembershipsForMember,
  type: IdentityStoreGroup,
  nodes: 'Groups of a user',
  find: groupByKey,
  link: {
    name: 'membership',
    type: IdentityStoreGroupMembership,
    description: 'That the user is in the group.',
  },
  keyOf: ({ identityStoreId, groupId }) => ({ identityStoreId, groupId }),
  of: ({ identityStoreId, userId }) => ({ identityStoreId, userId }),
  page: pageOfUser,
});
