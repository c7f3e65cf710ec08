import { found } from '../../../adapter/look-up.ts';
import { builder } from '../../../schema/builder.ts';
import { identityStore } from '../service.ts';
import { storeQuery } from '../store-operations.ts';
import { type MembershipExistence, memberships } from './adapter.ts';
import { GROUPS_PER_CALL, IsMemberInGroups } from './operations.ts';

const IdentityStoreGroupMembershipExistence = builder
  .objectRef<MembershipExistence>('IdentityStoreGroupMembershipExistence')
  .implement({
    description: 'Whether a user is in a group of an identity store.',
    fields: t => ({
      groupId: t.exposeString('groupId', { nullable: false, description: 'The id of the group.' }),
      membershipExists: t.exposeBoolean('membershipExists', {
        nullable: false,
        description: 'Whether the user is in it.',
      }),
    }),
  });

export const isMemberInGroups = storeQuery('isMemberInGroups', {
  description:
    'Whether a user of an identity store is in each of several groups, in the order of `groupIds`; null when the user or the store does not exist.',
  scope: 'identity-store:memberships:read',
  aws: [IsMemberInGroups],
  batch: { items: 'groupIds', perCall: GROUPS_PER_CALL },
  type: [IdentityStoreGroupMembershipExistence],
  nullable: { list: true, items: false },
  args: t => ({
    userId: t.string({ required: true, description: 'The id of the user.' }),
    groupIds: t.stringList({
      required: true,
      description: `The ids of the groups; ${GROUPS_PER_CALL} of them cost a call to AWS.`,
    }),
  }),
  run: (input, context) =>
    found(
      context.aws(memberships).isMember(input, (items, call) => context.forEach(identityStore, items, call)),
    ),
});
