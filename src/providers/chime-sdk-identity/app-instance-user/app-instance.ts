import { field } from '../../../schema/operation/query.ts';
import { appInstanceByKey } from '../app-instance/loaders.ts';
import { DescribeAppInstance } from '../app-instance/operations.ts';
import { ChimeSdkAppInstance } from '../app-instance/type.ts';
import { unlessFound } from '../texts.ts';
import { partsOfUserArn } from './arn.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

export const userAppInstance = field(ChimeSdkAppInstanceUser, 'appInstance', {
  description: `The app instance that the user belongs to. ${unlessFound('it')}`,
  scope: 'chime-sdk-identity:app-instances:read',
  aws: [DescribeAppInstance],
  type: ChimeSdkAppInstance,
  args: () => ({}),
  run: ({ appInstanceUserArn }, _args, context) => {
    const { appInstanceArn } = partsOfUserArn(appInstanceUserArn);
    return appInstanceArn === undefined ? null : context.find(appInstanceByKey, { appInstanceArn });
  },
});
