/** How a user is looked for when the answer to a delete was lost. */
import type { AwsSession } from '../../../adapter/session.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { AccessDeniedError, NotFoundError } from '../../../errors.ts';
import { isListed } from '../listed.ts';
import { partsOfUserArn } from './arn.ts';
import { type DeleteAppInstanceUser, DescribeAppInstanceUser, ListAppInstanceUsers } from './operations.ts';

/**
 * A user that can be described is not deleted. One that cannot may be forbidden, so the list tells; in an app instance of
 * more users than are looked through, nobody knows.
 */
export const deletedUser: Settling<typeof DeleteAppInstanceUser> = {
  proof: 'notFound',
  async look(aws, { appInstanceUserArn }) {
    if (await isDescribed(aws, appInstanceUserArn)) return { state: 'notMade' };
    const { appInstanceArn } = partsOfUserArn(appInstanceUserArn);
    if (appInstanceArn === undefined) return { state: 'unclear' };
    const present = await isListed(
      nextToken =>
        aws.call(
          ListAppInstanceUsers,
          { appInstanceArn, maxResults: ListAppInstanceUsers.maxPageSize, nextToken },
          {},
          ({ appInstanceUsers = [], nextToken: next }) => ({ items: appInstanceUsers, nextToken: next }),
        ),
      each => each.appInstanceUserArn === appInstanceUserArn,
    );
    if (present === undefined) return { state: 'unclear' };
    return present ? { state: 'notMade' } : { state: 'made', answer: {} };
  },
};

async function isDescribed(aws: AwsSession, appInstanceUserArn: string): Promise<boolean> {
  try {
    await aws.call(DescribeAppInstanceUser, { appInstanceUserArn });
    return true;
  } catch (error) {
    if (error instanceof AccessDeniedError || error instanceof NotFoundError) return false;
    throw error;
  }
}
