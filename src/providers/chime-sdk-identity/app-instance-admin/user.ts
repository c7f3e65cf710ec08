import { field } from '../../../schema/operation/query.ts';
import { partsOfUserArn } from '../app-instance-user/arn.ts';
import { userByKey } from '../app-instance-user/loaders.ts';
import { DescribeAppInstanceUser } from '../app-instance-user/operations.ts';
import { ChimeSdkAppInstanceUser } from '../app-instance-user/type.ts';
import { unlessFound } from '../texts.ts';
import { ChimeSdkAppInstanceAdmin } from './type.ts';

export const adminUser = field(ChimeSdkAppInstanceAdmin, 'user', {
  description: `The user that is the admin; null for a bot. ${unlessFound('the user')}`,
  scope: 'chime-sdk-identity:users:read',
  aws: [DescribeAppInstanceUser],
  type: ChimeSdkAppInstanceUser,
  args: () => ({}),
  run: ({ appInstanceAdminArn }, _args, context) =>
    partsOfUserArn(appInstanceAdminArn).appInstanceUserId === undefined
      ? null
      : context.find(userByKey, { appInstanceUserArn: appInstanceAdminArn }),
});
