import { listQuery } from '../../../schema/operation/lists.ts';
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
  list: async (request, context) => {
    const { items, nextToken } = await context.aws(appInstances).list(request);
    return { items: items.map(partOf), nextToken };
  },
});
