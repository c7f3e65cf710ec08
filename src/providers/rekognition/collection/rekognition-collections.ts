import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { query } from '../../../schema/operation/query.ts';
import { collections } from './adapter.ts';
import { ListCollections } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const rekognitionCollections = query('rekognitionCollections', {
  description: 'The face collections of the AWS account in this region, in the order that AWS gives them.',
  scope: 'rekognition:collections:read',
  aws: [ListCollections],
  type: connectionType(RekognitionCollection, 'Face collections'),
  args: forwardArgs,
  run: (args, context) =>
    resolveConnection(args, ListCollections, async page => {
      const { items, nextToken } = await context.aws(collections).list(page);
      return { items: items.map(partOf), nextToken };
    }),
});
