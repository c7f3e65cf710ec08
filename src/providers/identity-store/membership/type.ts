import { nodeType } from '../../../schema/operation/node.ts';
import { stampFields } from '../stored-fields.ts';
import { membershipKey } from './adapter.ts';
import { membershipByKey } from './loaders.ts';
import { DescribeGroupMembership } from './operations.ts';

export const IdentityStoreGroupMembership = nodeType('IdentityStoreGroupMembership', {
  description: 'That a user is in a group, in an identity store of IAM Identity Center.',
  scope: 'identity-store:memberships:read',
  aws: [DescribeGroupMembership],
  key: membershipKey,
  find: membershipByKey,
  fields: t => ({
    identityStoreId: t.exposeString('identityStoreId', {
      nullable: false,
      description: 'The identity store of the user and the group.',
    }),
    membershipId: t.exposeString('membershipId', {
      nullable: false,
      description: 'The id that AWS gave the membership.',
    }),
    groupId: t.exposeString('groupId', { nullable: false, description: 'The id of the group.' }),
    userId: t.exposeString('userId', { nullable: false, description: 'The id of the user.' }),
    ...stampFields(t, membershipByKey, 'membership'),
  }),
});
