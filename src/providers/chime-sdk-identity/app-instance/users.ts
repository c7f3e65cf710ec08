import { listField } from '../../../schema/operation/lists.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { users } from '../app-instance-user/adapter.ts';
import { ListAppInstanceUsers } from '../app-instance-user/operations.ts';
import { ChimeSdkAppInstanceUser } from '../app-instance-user/type.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const appInstanceUsers = listField(ChimeSdkAppInstance, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'chime-sdk-identity:users:read',
  operation: ListAppInstanceUsers,
  givesParts: true,
  type: ChimeSdkAppInstanceUser,
  nodes: 'Users of an app instance',
  of: ({ appInstanceArn }) => ({ appInstanceArn }),
  list: async (request, context) => {
    const { items, nextToken } = await context.aws(users).list(request);
    return { items: items.map(partOf), nextToken };
  },
});
