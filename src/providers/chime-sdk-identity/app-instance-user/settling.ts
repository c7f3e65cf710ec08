/** How a user is looked for when the answer to an update or a delete was lost. */
import { isAfter, type Settling } from '../../../adapter/settling.ts';
import { deletedUnless, isListed } from '../listed.ts';
import { orUntold } from '../untold.ts';
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
    return updatedWhole(input, appInstanceUser, since, { appInstanceUserArn });
  },
};

/**
 * A user that can be described is not deleted, unless it was made since, as another of the same id. One that cannot may be
 * forbidden, so the list tells; in an app instance of more users than are looked through, nobody knows.
 */
export const deletedUser: Settling<typeof DeleteAppInstanceUser> = {
  proof: 'notFound',
  async look(aws, { appInstanceUserArn }, since) {
    const user = await orUntold(aws.call(DescribeAppInstanceUser, { appInstanceUserArn }));
    if (user)
      return isAfter(user.appInstanceUser?.createdTimestamp, since)
        ? { state: 'made', answer: {} }
        : { state: 'notMade' };
    const { appInstanceArn } = partsOfUserArn(appInstanceUserArn);
    if (appInstanceArn === undefined) return { state: 'unclear' };
    const listed = await isListed(
      nextToken =>
        aws.call(
          ListAppInstanceUsers,
          { appInstanceArn, maxResults: ListAppInstanceUsers.maxPageSize, nextToken },
          {},
          ({ appInstanceUsers = [], nextToken: next }) => ({ items: appInstanceUsers, nextToken: next }),
        ),
      each => each.appInstanceUserArn === appInstanceUserArn,
    );
    return deletedUnless(listed);
  },
};
