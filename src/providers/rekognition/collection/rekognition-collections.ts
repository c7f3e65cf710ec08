import { listQuery } from '../../../schema/operation/lists.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { collections } from './adapter.ts';
import { ListCollections } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const rekognitionCollections = listQuery('rekognitionCollections', {
  description: 'The face collections of the AWS account in this region, in the order that AWS gives them.',
  scope: 'rekognition:collections:read',
  operation: ListCollections,
  givesParts: true,
  type: RekognitionCollection,
  nodes: 'Face collections',
  list: async (request, context) => {
    const { items, nextToken } = await context.aws(collections).list(request);
    return { items: items.map(partOf), nextToken };
  },
});
