import { query } from '../../../schema/operation/query.ts';
import { unlessFound } from '../texts.ts';
import { adminByKey } from './loaders.ts';
import { DescribeAppInstanceAdmin } from './operations.ts';
import { ChimeSdkAppInstanceAdmin } from './type.ts';

export const chimeSdkAppInstanceAdmin = query('chimeSdkAppInstanceAdmin', {
  description: `Finds an admin of an app instance of the Amazon Chime SDK. ${unlessFound('the admin')}`,
  scope: 'chime-sdk-identity:admins:read',
  aws: [DescribeAppInstanceAdmin],
  type: ChimeSdkAppInstanceAdmin,
  args: t => ({
    appInstanceArn: t.string({ required: true, description: 'The app instance.' }),
    appInstanceAdminArn: t.string({
      required: true,
      description: 'The Amazon Resource Name of the user or the bot that is the admin.',
    }),
  }),
  run: (key, context) => context.find(adminByKey, key),
});
