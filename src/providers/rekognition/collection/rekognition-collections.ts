import { listQuery } from '../../../schema/operation/list-query.ts';
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
  list: async (page, _args, context) => {
    const { items, nextToken } = await context.aws(collections).list(page);
    return { items: items.map(partOf), nextToken };
  },
});
