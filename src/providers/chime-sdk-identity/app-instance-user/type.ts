import { nodeType, stored } from '../../../schema/operation/node.ts';
import { inLists, unlessFound } from '../texts.ts';
import { userKey } from './adapter.ts';
import { partsOfUserArn } from './arn.ts';
import { ChimeSdkExpirationSettings } from './expiration-settings.ts';
import { userByKey } from './loaders.ts';
import { DescribeAppInstanceUser } from './operations.ts';

export const ChimeSdkAppInstanceUser = nodeType('ChimeSdkAppInstanceUser', {
  description: `A user of an app instance of the Amazon Chime SDK. ${unlessFound('it')}`,
  scope: 'chime-sdk-identity:users:read',
  aws: [DescribeAppInstanceUser],
  key: userKey,
  find: userByKey,
  fields: t => ({
    appInstanceUserArn: t.exposeString('appInstanceUserArn', {
      nullable: false,
      description: 'The Amazon Resource Name of the user.',
    }),
    appInstanceUserId: t.string({
      description: 'The id that you gave the user; null when the Amazon Resource Name has an unknown form.',
      resolve: ({ appInstanceUserArn }) => partsOfUserArn(appInstanceUserArn).appInstanceUserId,
    }),
    appInstanceArn: t.string({
      description:
        'The app instance that the user belongs to; null when the Amazon Resource Name has an unknown form.',
      resolve: ({ appInstanceUserArn }) => partsOfUserArn(appInstanceUserArn).appInstanceArn,
    }),
    name: t.exposeString('name', { description: 'The name of the user.' }),
    metadata: t.exposeString('metadata', {
      description: 'Whatever is kept with the user; null when that is nothing.',
    }),
    createdTimestamp: t.field({
      type: 'DateTime',
      description: `When the user was created.${inLists}`,
      resolve: stored(userByKey, 'createdTimestamp'),
    }),
    lastUpdatedTimestamp: t.field({
      type: 'DateTime',
      description: `When the user was last changed.${inLists}`,
      resolve: stored(userByKey, 'lastUpdatedTimestamp'),
    }),
    expirationSettings: t.field({
      type: ChimeSdkExpirationSettings,
      description: `When AWS deletes the user by itself; null for never.${inLists}`,
      resolve: stored(userByKey, 'expirationSettings'),
    }),
  }),
});
