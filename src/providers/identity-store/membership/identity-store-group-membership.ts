import { builder } from '../../../schema/builder.ts';
import { storeLookUp, storeOf } from '../store-operations.ts';
import { keyByUserInGroup, membershipByKey } from './loaders.ts';
import { DescribeGroupMembership, GetGroupMembershipId } from './operations.ts';
import { IdentityStoreGroupMembership } from './type.ts';

const IdentityStoreUserInGroupInput = builder.inputType('IdentityStoreUserInGroupInput', {
  description: 'A user and a group of the same identity store.',
  fields: t => ({
    groupId: t.string({ required: true, description: 'The id of the group.' }),
    userId: t.string({ required: true, description: 'The id of the user.' }),
  }),
});

export const identityStoreGroupMembership = storeLookUp('identityStoreGroupMembership', {
  description:
    'Finds a membership in a group of an identity store; null when there is none, or the store does not exist.',
  scope: 'identity-store:memberships:read',
  aws: [GetGroupMembershipId, DescribeGroupMembership],
  type: IdentityStoreGroupMembership,
  what: 'membership',
  by: t => ({
    membershipId: t.string({ description: 'The id that AWS gave the membership.' }),
    userInGroup: t.field({
      type: IdentityStoreUserInGroupInput,
      description: 'The user and the group that it is the membership of.',
    }),
  }),
  ways: {
    membershipId: {
      sentAs: ['membershipId'],
      find: (membershipId, args, context) =>
        context.find(membershipByKey, { identityStoreId: storeOf(args, context), membershipId }),
    },
    userInGroup: {
      sentAs: [],
      find: async (userInGroup, args, context) => {
        const identityStoreId = storeOf(args, context);
        const key = await context.find(keyByUserInGroup, { identityStoreId, ...userInGroup });
        return key && context.find(membershipByKey, key);
      },
    },
  },
});
