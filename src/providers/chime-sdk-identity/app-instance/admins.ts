import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { field } from '../../../schema/operation/query.ts';
import { admins } from '../app-instance-admin/adapter.ts';
import { ListAppInstanceAdmins } from '../app-instance-admin/operations.ts';
import { ChimeSdkAppInstanceAdmin } from '../app-instance-admin/type.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const appInstanceAdmins = field(ChimeSdkAppInstance, 'admins', {
  description: 'Its admins, in the order that AWS gives them.',
  scope: 'chime-sdk-identity:admins:read',
  aws: [ListAppInstanceAdmins],
  givesParts: true,
  type: connectionType(ChimeSdkAppInstanceAdmin, 'Admins of an app instance'),
  nullable: false,
  args: forwardArgs,
  run: ({ appInstanceArn }, args, context) =>
    resolveConnection(args, ListAppInstanceAdmins, async page => {
      const { items, nextToken } = await context.aws(admins).list({ appInstanceArn, ...page });
      return { items: items.map(partOf), nextToken };
    }),
});
