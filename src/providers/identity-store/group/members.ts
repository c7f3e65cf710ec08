import { referenceField } from '../../../schema/operation/reference-field.ts';
import { pageOfGroup } from '../membership/loaders.ts';
import { ListGroupMemberships } from '../membership/operations.ts';
import { IdentityStoreGroupMembership } from '../membership/type.ts';
import { userByKey } from '../user/loaders.ts';
import { IdentityStoreUser } from '../user/type.ts';
import { IdentityStoreGroup } from './type.ts';

export const groupMembers = referenceField(IdentityStoreGroup, 'members', {
  description:
    'The users that are in it, in the order that AWS gives them; null when it does not exist any more. AWS tells their ids: what else is asked for of a user costs one more call to AWS.',
  scope: 'identity-store:memberships:read',
  operation: ListGroupMemberships,
  type: IdentityStoreUser,
  nodes: 'Members of a group',
  find: userByKey,
  link: {
    name: 'membership',
    type: IdentityStoreGroupMembership,
    description: 'That the user is in the group.',
  },
  keyOf: ({ identityStoreId, userId }) => ({ identityStoreId, userId }),
  of: ({ identityStoreId, groupId }) => ({ identityStoreId, groupId }),
  page: pageOfGroup,
});
