import { countUpTo } from '../../../adapter/counting.ts';
import { found } from '../../../adapter/look-up.ts';
import { checkCalls } from '../../../jobs/check-only.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { DescribeGroup } from '../group/operations.ts';
import { ListGroupMembershipsForMember } from '../membership/operations.ts';
import { checkGroupsOf } from '../membership/protection.ts';
import { storeId, storeOf } from '../store-operations.ts';
import { users } from './adapter.ts';
import { DeleteUser, DescribeUser, GetUserId, ListUsers } from './operations.ts';
import {
  givenOf,
  IdentityStoreUserReference,
  identityOf,
  keyOfThing,
  lookUpUser,
  ofUser,
  recheckUser,
  SOME_USER_ID,
  thingOf,
  userMoves,
  userOf,
} from './reference.ts';

export const deleteIdentityStoreUsers = jobMutation('deleteIdentityStoreUsers', {
  description:
    'Deletes users from an identity store, and with them their memberships in groups, as a bulk job. All rows are looked up before the first is deleted; protected users stay, and more than a share of the store is deleted only if the number is confirmed.',
  inputDescription: ['The users to delete', 'from an identity store'],
  rowDescription: 'A user to delete.',
  scope: 'identity-store:users:delete',
  aws: [DeleteUser, GetUserId, DescribeUser, ListUsers, ListGroupMembershipsForMember, DescribeGroup],
  row: t => ({
    user: t.field({ type: IdentityStoreUserReference, required: true, description: 'The user.' }),
  }),
  input: t => ({
    identityStoreId: storeId(t),
    confirmDeletions: t.int({
      description:
        'How many users will be deleted, for more of them than the gateway deletes unasked; a dry run tells the number as `counts.planned`, and a job that was stopped in its `reason`.',
    }),
  }),
  options: ({ identityStoreId, confirmDeletions }, context) => ({
    identityStoreId: storeOf({ identityStoreId }, context),
    confirmDeletions: confirmDeletions ?? null,
  }),
  identity: ({ user }) => [{ name: identityOf(user), at: [givenOf(user)] }],
  moves: row => userMoves(row),
  check: ({ user }, { identityStoreId }, context) =>
    checkCalls([
      lookUpUser(user, identityStoreId, context),
      context.aws(users).delete({ identityStoreId, userId: user.userId ?? SOME_USER_ID }),
    ]),
  needsEnd: () => true,
  plan: async ({ user }, run) => {
    const key = await userOf(user, run, 'always');
    await checkGroupsOf(key, run);
    return { action: 'DELETE', thing: thingOf(key) };
  },
  brake: (going, run) => {
    const { identityStoreId, confirmDeletions: confirmed } = run.options;
    const aws = run.context().aws(users);
    const list = aws.list.bind(aws);
    const of = `the identity store ${identityStoreId}`;
    return run.brakes.onDeletion({
      going,
      confirmed,
      of,
      countUpTo: enough =>
        countUpTo(enough, nextToken =>
          list({ identityStoreId, maxResults: ListUsers.maxPageSize, nextToken }),
        ),
    });
  },
  recheck: async (_row, run, { thing }) => {
    const key = keyOfThing(thing);
    await recheckUser(key, run);
    await found(checkGroupsOf(key, run));
  },
  perform: async ({ user }, run, context, idempotencyKey, { thing }) => {
    const key = keyOfThing(thing);
    await ofUser(user, run.options, context.aws(users).delete({ ...key, idempotencyKey }));
    return { action: 'DELETE', thing };
  },
});
