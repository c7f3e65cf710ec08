import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { field } from '../../../schema/operation/query.ts';
import { users } from '../app-instance-user/adapter.ts';
import { ListAppInstanceUsers } from '../app-instance-user/operations.ts';
import { ChimeSdkAppInstanceUser } from '../app-instance-user/type.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const appInstanceUsers = field(ChimeSdkAppInstance, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'chime-sdk-identity:users:read',
  aws: [ListAppInstanceUsers],
  givesParts: true,
  type: connectionType(ChimeSdkAppInstanceUser, 'Users of an app instance'),
  nullable: false,
  args: forwardArgs,
  run: ({ appInstanceArn }, args, context) =>
    resolveConnection(args, ListAppInstanceUsers, async page => {
      const { items, nextToken } = await context.aws(users).list({ appInstanceArn, ...page });
      return { items: items.map(partOf), nextToken };
    }),
});
