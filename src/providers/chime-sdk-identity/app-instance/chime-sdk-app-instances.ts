import { listQuery } from '../../../schema/operation/list-query.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { appInstances } from './adapter.ts';
import { ListAppInstances } from './operations.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const chimeSdkAppInstances = listQuery('chimeSdkAppInstances', {
  description: 'The app instances of the AWS account in its region, in the order that AWS gives them.',
  scope: 'chime-sdk-identity:app-instances:read',
  operation: ListAppInstances,
  givesParts: true,
  type: ChimeSdkAppInstance,
  nodes: 'App instances of the Amazon Chime SDK',
  list: async (page, _args, context) => {
    const { items, nextToken } = await context.aws(appInstances).list(page);
    return { items: items.map(partOf), nextToken };
  },
});
