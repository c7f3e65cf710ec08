import { listField } from '../../../schema/operation/lists.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { admins } from '../app-instance-admin/adapter.ts';
import { ListAppInstanceAdmins } from '../app-instance-admin/operations.ts';
import { ChimeSdkAppInstanceAdmin } from '../app-instance-admin/type.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const appInstanceAdmins = listField(ChimeSdkAppInstance, 'admins', {
  description: 'Its admins, in the order that AWS gives them.',
  scope: 'chime-sdk-identity:admins:read',
  operation: ListAppInstanceAdmins,
  givesParts: true,
  type: ChimeSdkAppInstanceAdmin,
  nodes: 'Admins of an app instance',
  of: ({ appInstanceArn }) => ({ appInstanceArn }),
  list: async (request, context) => {
    const { items, nextToken } = await context.aws(admins).list(request);
    return { items: items.map(partOf), nextToken };
  },
});
