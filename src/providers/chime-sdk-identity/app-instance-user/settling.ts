/** How a user is looked for when the answer to an update or a delete was lost. */
import type { AwsSession } from '../../../adapter/session.ts';
import { isAfter, type Settling } from '../../../adapter/settling.ts';
import { AccessDeniedError, NotFoundError } from '../../../errors.ts';
import { isListed } from '../listed.ts';
import { updatedWhole } from '../whole-update.ts';
import { partsOfUserArn } from './arn.ts';
import {
  type DeleteAppInstanceUser,
  DescribeAppInstanceUser,
  ListAppInstanceUsers,
  type UpdateAppInstanceUser,
} from './operations.ts';

export const updatedUser: Settling<typeof UpdateAppInstanceUser> = {
  async look(aws, input, since) {
    const { appInstanceUserArn } = input;
    const { appInstanceUser } = await aws.call(DescribeAppInstanceUser, { appInstanceUserArn });
    return updatedWhole(input, appInstanceUser, since) ?? { state: 'made', answer: { appInstanceUserArn } };
  },
};

/**
 * A user that can be described is not deleted, unless it was made since, as another of the same id. One that cannot may be
 * forbidden, so the list tells; in an app instance of more users than are looked through, nobody knows.
 */
export const deletedUser: Settling<typeof DeleteAppInstanceUser> = {
  proof: 'notFound',
  async look(aws, { appInstanceUserArn }, since) {
    const user = await described(aws, appInstanceUserArn);
    if (user)
      return isAfter(user.createdTimestamp, since) ? { state: 'made', answer: {} } : { state: 'notMade' };
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

/** What is told of a user; undefined if nothing is. */
async function described(
  aws: AwsSession,
  appInstanceUserArn: string,
): Promise<{ readonly createdTimestamp?: Date | undefined } | undefined> {
  try {
    const { appInstanceUser } = await aws.call(DescribeAppInstanceUser, { appInstanceUserArn });
    return appInstanceUser ?? {};
  } catch (error) {
    if (error instanceof AccessDeniedError || error instanceof NotFoundError) return undefined;
    throw error;
  }
}
