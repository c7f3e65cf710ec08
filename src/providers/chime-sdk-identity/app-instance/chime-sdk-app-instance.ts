import { query } from '../../../schema/operation/query.ts';
import { unlessFound } from '../texts.ts';
import { appInstanceByKey } from './loaders.ts';
import { DescribeAppInstance } from './operations.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const chimeSdkAppInstance = query('chimeSdkAppInstance', {
  description: `Finds an app instance of the Amazon Chime SDK. ${unlessFound('it')}`,
  scope: 'chime-sdk-identity:app-instances:read',
  aws: [DescribeAppInstance],
  type: ChimeSdkAppInstance,
  args: t => ({
    appInstanceArn: t.string({ required: true, description: 'The Amazon Resource Name that AWS gave it.' }),
  }),
  run: (key, context) => context.find(appInstanceByKey, key),
});
