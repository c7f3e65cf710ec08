/** How admins are looked for when answers were lost: AWS recognises no repeat, and has at most 100 of an app instance. */
import type { AwsSession } from '../../../adapter/session.ts';
import { isAfter, type Settling } from '../../../adapter/settling.ts';
import { deletedUnless, isListed } from '../listed.ts';
import { orUntold } from '../untold.ts';
import type { ChimeSdkAppInstanceAdminKey } from './adapter.ts';
import {
  type CreateAppInstanceAdmin,
  type DeleteAppInstanceAdmin,
  DescribeAppInstanceAdmin,
  ListAppInstanceAdmins,
} from './operations.ts';

/** One that is older is somebody else's doing. */
export const createdAdmin: Settling<typeof CreateAppInstanceAdmin> = {
  proof: 'conflict',
  async look(aws, { appInstanceArn, appInstanceAdminArn }, since) {
    const key = { appInstanceArn, appInstanceAdminArn };
    const present = await isAdmin(aws, key);
    if (!present) return { state: present === undefined ? 'unclear' : 'notMade' };
    const { appInstanceAdmin } = await aws.call(DescribeAppInstanceAdmin, key);
    const { admin, createdTimestamp } = appInstanceAdmin ?? {};
    if (!admin || !createdTimestamp) return { state: 'unclear' };
    return createdTimestamp >= since
      ? { state: 'made', answer: { appInstanceAdmin: admin, appInstanceArn } }
      : { state: 'taken' };
  },
};

/**
 * Who is no admin any more is demoted, whoever did it, and so is who was promoted anew since. Whom AWS does not describe may be
 * forbidden to see, so the list tells.
 */
export const deletedAdmin: Settling<typeof DeleteAppInstanceAdmin> = {
  proof: 'notFound',
  async look(aws, { appInstanceArn, appInstanceAdminArn }, since) {
    const key = { appInstanceArn, appInstanceAdminArn };
    const admin = await orUntold(aws.call(DescribeAppInstanceAdmin, key));
    const createdAt = admin?.appInstanceAdmin?.createdTimestamp;
    if (createdAt) return isAfter(createdAt, since) ? { state: 'made', answer: {} } : { state: 'notMade' };
    return deletedUnless(await isAdmin(aws, key));
  },
};

function isAdmin(
  aws: AwsSession,
  { appInstanceArn, appInstanceAdminArn }: ChimeSdkAppInstanceAdminKey,
): Promise<boolean | undefined> {
  return isListed(
    nextToken =>
      aws.call(
        ListAppInstanceAdmins,
        { appInstanceArn, maxResults: ListAppInstanceAdmins.maxPageSize, nextToken },
        {},
        ({ appInstanceAdmins = [], nextToken: next }) => ({ items: appInstanceAdmins, nextToken: next }),
      ),
    ({ admin }) => admin?.arn === appInstanceAdminArn,
  );
}
