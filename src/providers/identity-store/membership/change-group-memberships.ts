import { found } from '../../../adapter/look-up.ts';
import { NativeKey } from '../../../adapter/native-key.ts';
import { ConflictError } from '../../../errors.ts';
import { checkCalls } from '../../../jobs/check-only.ts';
import type { Done, Planned, Thing } from '../../../jobs/job-kind.ts';
import { builder } from '../../../schema/builder.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { requireScope } from '../../../schema/operation/permission.ts';
import { DescribeGroup, GetGroupId } from '../group/operations.ts';
import {
  groupIdOf,
  IdentityStoreGroupReference,
  lookUpGroup,
  ofGroup,
  SOME_GROUP_ID,
} from '../group/reference.ts';
import { storeId, storeOf } from '../store-operations.ts';
import { DescribeUser, GetUserId } from '../user/operations.ts';
import {
  givenOf,
  IdentityStoreUserReference,
  identityOf,
  lookUpUser,
  ofUser,
  recheckUser,
  SOME_USER_ID,
  userMoves,
  userOf,
} from '../user/reference.ts';
import {
  type IdentityStoreGroupMembershipKey,
  type IdentityStoreGroupMemberships,
  membershipKey,
  memberships,
  type UserInGroup,
} from './adapter.ts';
import { CreateGroupMembership, DeleteGroupMembership, GetGroupMembershipId } from './operations.ts';

/** An id of the right form, for checks of rows whose membership is not known. */
const SOME_MEMBERSHIP_ID = '00000000-0000-0000-0000-000000000000';

const MembershipChange = builder.enumType('MembershipChange', {
  description: 'What to do with the membership of a user in a group.',
  values: {
    ADD: { description: 'The user is to be a member; is skipped if it is one.' },
    REMOVE: { description: 'The user is not to be a member; is skipped if it is none.' },
  },
});

export const changeGroupMemberships = jobMutation('changeGroupMemberships', {
  description:
    'Makes users of an identity store members of groups, and takes others out of them, as a bulk job. Groups and users that are protected stay as they are.',
  inputDescription: ['Who is to be in which group, and who is not', 'of an identity store'],
  rowDescription: 'A user, a group, and whether the one is to be in the other.',
  scope: 'identity-store:memberships:create',
  aws: [
    CreateGroupMembership,
    DeleteGroupMembership,
    GetGroupMembershipId,
    GetGroupId,
    DescribeGroup,
    GetUserId,
    DescribeUser,
  ],
  row: t => ({
    change: t.field({
      type: MembershipChange,
      required: true,
      description: 'What to do. For REMOVE the caller needs the scope `identity-store:memberships:delete`.',
    }),
    user: t.field({ type: IdentityStoreUserReference, required: true, description: 'The user.' }),
    group: t.field({ type: IdentityStoreGroupReference, required: true, description: 'The group.' }),
  }),
  input: t => ({ identityStoreId: storeId(t) }),
  options: (input, context) => ({ identityStoreId: storeOf(input, context) }),
  identity: ({ user, group }) => [
    {
      name: JSON.stringify([identityOf(user), group.groupId, group.displayName?.toLowerCase()]),
      at: [givenOf(user), ['group', ...Object.keys(group)]],
    },
  ],
  moves: row => [...userMoves(row), [['groupId'], ['group', ...Object.keys(row.group)]]],
  check: async ({ change, user, group }, { identityStoreId }, context) => {
    if (change === 'REMOVE') requireScope(context, 'identity-store:memberships:delete');
    const userId = user.userId ?? SOME_USER_ID;
    const groupId = group.groupId ?? SOME_GROUP_ID;
    const aws = context.aws(memberships);
    const membership = { identityStoreId, groupId, userId };
    await checkCalls([
      lookUpUser(user, identityStoreId, context),
      ofGroup(group, ['group'], { identityStoreId }, lookUpGroup(group, identityStoreId, context)),
      ...(change === 'ADD'
        ? [aws.create(membership)]
        : [aws.getKey(membership), aws.delete({ identityStoreId, membershipId: SOME_MEMBERSHIP_ID })]),
    ]);
  },
  needsEnd: () => true,
  plan: async ({ change, user, group }, run): Promise<Planned> => {
    const { identityStoreId } = run.options;
    const groupId = await ofGroup(group, ['group'], run.options, groupIdOf(group, run));
    const { userId } = await userOf(user, run);
    const subject = userInGroup.format({ userId, groupId });
    if (!run.dryRun) return { action: change, thing: null, subject };
    const key = await found(run.context().aws(memberships).getKey({ identityStoreId, groupId, userId }));
    if ((change === 'ADD') === (key !== null)) return { action: 'SKIP', thing: null, subject };
    return { action: change, thing: key && thingOf(key), subject };
  },
  recheck: async (_row, run, { subject }) => {
    const { userId, groupId } = planned(subject);
    await groupIdOf({ groupId }, run);
    await recheckUser({ identityStoreId: run.options.identityStoreId, userId }, run);
  },
  perform: ({ change, user, group }, run, context, idempotencyKey, { subject }) => {
    const membership = { identityStoreId: run.options.identityStoreId, ...planned(subject), idempotencyKey };
    const aws = context.aws(memberships);
    const doing = change === 'ADD' ? add(membership, aws) : remove(membership, aws);
    return ofGroup(group, ['group'], run.options, ofUser(user, run.options, doing));
  },
});

type Keyed = UserInGroup & { readonly idempotencyKey: string };

async function add(membership: Keyed, aws: IdentityStoreGroupMemberships): Promise<Done> {
  try {
    return { action: 'ADD', thing: thingOf(await aws.create(membership)) };
  } catch (error) {
    if (!(error instanceof ConflictError && error.reason === 'ALREADY_EXISTS')) throw error;
    return { action: 'SKIP', thing: null };
  }
}

async function remove(membership: Keyed, aws: IdentityStoreGroupMemberships): Promise<Done> {
  const key = await found(aws.getKey(membership));
  if (!key) return { action: 'SKIP', thing: null };
  await aws.delete({ ...key, idempotencyKey: membership.idempotencyKey });
  return { action: 'REMOVE', thing: thingOf(key) };
}

/** What a row is about. */
const userInGroup = new NativeKey('userId', 'groupId');

function planned(subject: string | null): Omit<UserInGroup, 'identityStoreId'> {
  const ids = subject === null ? undefined : userInGroup.parse(subject);
  if (!ids) throw new TypeError('The row was planned for no user and no group.');
  return ids;
}

function thingOf(key: IdentityStoreGroupMembershipKey): Thing {
  return { type: 'IdentityStoreGroupMembership', key: membershipKey.format(key) };
}
