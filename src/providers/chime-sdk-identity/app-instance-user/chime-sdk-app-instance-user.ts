import { query } from '../../../schema/operation/query.ts';
import { unlessFound } from '../texts.ts';
import { userByKey } from './loaders.ts';
import { DescribeAppInstanceUser } from './operations.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

export const chimeSdkAppInstanceUser = query('chimeSdkAppInstanceUser', {
  description: `Finds a user of an app instance of the Amazon Chime SDK. ${unlessFound('the user')}`,
  scope: 'chime-sdk-identity:users:read',
  aws: [DescribeAppInstanceUser],
  type: ChimeSdkAppInstanceUser,
  args: t => ({
    appInstanceUserArn: t.string({ required: true, description: 'The Amazon Resource Name of the user.' }),
  }),
  run: (key, context) => context.find(userByKey, key),
});
