import { nodeType, stored } from '../../../schema/operation/node.ts';
import { inLists, unlessFound } from '../texts.ts';
import { adminKey } from './adapter.ts';
import { adminByKey } from './loaders.ts';
import { DescribeAppInstanceAdmin } from './operations.ts';

export const ChimeSdkAppInstanceAdmin = nodeType('ChimeSdkAppInstanceAdmin', {
  description: `A user or a bot that moderates all channels of an app instance of the Amazon Chime SDK. ${unlessFound('it')}`,
  scope: 'chime-sdk-identity:admins:read',
  aws: [DescribeAppInstanceAdmin],
  key: adminKey,
  find: adminByKey,
  fields: t => ({
    appInstanceArn: t.exposeString('appInstanceArn', {
      nullable: false,
      description: 'The app instance.',
    }),
    appInstanceAdminArn: t.exposeString('appInstanceAdminArn', {
      nullable: false,
      description: 'The Amazon Resource Name of the user or the bot that is the admin.',
    }),
    name: t.exposeString('name', { description: 'The name of the user or the bot.' }),
    createdTimestamp: t.field({
      type: 'DateTime',
      description: `When the user or the bot became an admin.${inLists}`,
      resolve: stored(adminByKey, 'createdTimestamp'),
    }),
  }),
});
