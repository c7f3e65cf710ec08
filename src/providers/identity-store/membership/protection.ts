/** Whether the groups that a user is in let the user go. */
import { pagesOf } from '../../../adapter/pages.ts';
import type { JobRun } from '../../../jobs/job-run.ts';
import { groupIdOf } from '../group/reference.ts';
import type { IdentityStoreUserKey } from '../user/adapter.ts';
import { memberships } from './adapter.ts';
import { ListGroupMembershipsForMember } from './operations.ts';

/**
 * Lets those users pass that are in no protected group.
 *
 * @throws AccessDeniedError
 */
export async function checkGroupsOf(
  { identityStoreId, userId }: IdentityStoreUserKey,
  run: JobRun<{ readonly identityStoreId: string }>,
): Promise<void> {
  if (!run.brakes.protectGroups) return;
  const aws = run.context().aws(memberships);
  for await (const page of pagesOf(nextToken =>
    aws.listOfUser({
      identityStoreId,
      userId,
      maxResults: ListGroupMembershipsForMember.maxPageSize,
      nextToken,
    }),
  )) {
    for (const { groupId } of page) await groupIdOf({ groupId }, run);
  }
}
