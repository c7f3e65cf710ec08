import { pagesOf } from '../../../adapter/pages.ts';
import type { MadeRow } from '../../../jobs/job-kind.ts';
import type { JobRun } from '../../../jobs/job-run.ts';
import { exportMutation } from '../../../schema/operation/export-mutation.ts';
import { DescribeGroup } from '../group/operations.ts';
import { groupNameOf } from '../group/reference.ts';
import { memberships } from '../membership/adapter.ts';
import { ListGroupMembershipsForMember } from '../membership/operations.ts';
import { attributesOf } from '../store-adapter.ts';
import { storeId, storeOf } from '../store-operations.ts';
import { type IdentityStoreUser, users } from './adapter.ts';
import { CreateUser, ListUsers } from './operations.ts';
import { thingOf } from './reference.ts';

interface Options {
  readonly identityStoreId: string;
  readonly groups: boolean;
}

const attributes = attributesOf(CreateUser);

export const exportIdentityStoreUsers = exportMutation('exportIdentityStoreUsers', {
  description:
    'Writes down all users of an identity store, as a bulk job whose results `importIdentityStoreUsers` reads.',
  inputDescription: ['The users to export', 'from an identity store'],
  scope: 'identity-store:users:read',
  aws: [ListUsers, ListGroupMembershipsForMember, DescribeGroup],
  rowsOf: 'importIdentityStoreUsers',
  input: t => ({
    identityStoreId: storeId(t),
    groups: t.boolean({
      defaultValue: false,
      description:
        'Whether to write down the groups of the users, too, which costs a call to AWS for each user. It takes the scopes `identity-store:memberships:read` and `identity-store:groups:read`.',
    }),
  }),
  options: ({ identityStoreId, groups }, context): Options => ({
    identityStoreId: storeOf({ identityStoreId }, context),
    groups: groups ?? false,
  }),
  furtherScopes: ({ groups }) =>
    groups ? ['identity-store:memberships:read', 'identity-store:groups:read'] : [],
  async *make(run) {
    const { identityStoreId } = run.options;
    const aws = run.context().aws(users);
    for await (const page of pagesOf(nextToken =>
      aws.list({ identityStoreId, maxResults: ListUsers.maxPageSize, nextToken }),
    )) {
      const rows: MadeRow[] = [];
      for (const user of page) rows.push(await rowOf(user, run));
      yield rows;
    }
  },
});

/** What an import would take to create the user. */
async function rowOf(user: IdentityStoreUser, run: JobRun<Options>): Promise<MadeRow> {
  const { identityStoreId, userId } = user;
  const own = Object.fromEntries(
    attributes.map(name => [name, (user as Readonly<Record<string, unknown>>)[name]]),
  );
  const groups = run.options.groups ? await groupNamesOf({ identityStoreId, userId }, run) : [];
  const input = groups.length === 0 ? own : { ...own, groups: groups.map(displayName => ({ displayName })) };
  return { input, thing: thingOf({ identityStoreId, userId }) };
}

async function groupNamesOf(
  key: { readonly identityStoreId: string; readonly userId: string },
  run: JobRun<Options>,
): Promise<string[]> {
  const aws = run.context().aws(memberships);
  const names: string[] = [];
  for await (const page of pagesOf(nextToken =>
    aws.listOfUser({ ...key, maxResults: ListGroupMembershipsForMember.maxPageSize, nextToken }),
  )) {
    for (const { groupId } of page) names.push(await groupNameOf(groupId, run));
  }
  return names;
}
