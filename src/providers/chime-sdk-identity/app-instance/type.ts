import { nodeType, stored } from '../../../schema/operation/node.ts';
import { inLists, unlessFound } from '../texts.ts';
import { appInstanceKey } from './adapter.ts';
import { appInstanceByKey } from './loaders.ts';
import { DescribeAppInstance } from './operations.ts';

export const ChimeSdkAppInstance = nodeType('ChimeSdkAppInstance', {
  description: `An app instance of the Amazon Chime SDK, which users belong to. ${unlessFound('it')}`,
  scope: 'chime-sdk-identity:app-instances:read',
  aws: [DescribeAppInstance],
  key: appInstanceKey,
  find: appInstanceByKey,
  fields: t => ({
    appInstanceArn: t.exposeString('appInstanceArn', {
      nullable: false,
      description: 'The Amazon Resource Name that AWS gave it.',
    }),
    name: t.exposeString('name', { description: 'Its name.' }),
    metadata: t.exposeString('metadata', {
      description: 'Whatever its owners keep with it; null when that is nothing.',
    }),
    createdTimestamp: t.field({
      type: 'DateTime',
      description: `When it was created.${inLists}`,
      resolve: stored(appInstanceByKey, 'createdTimestamp'),
    }),
    lastUpdatedTimestamp: t.field({
      type: 'DateTime',
      description: `When it was last changed.${inLists}`,
      resolve: stored(appInstanceByKey, 'lastUpdatedTimestamp'),
    }),
  }),
});
