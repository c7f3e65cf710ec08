import { nodeType, stored } from '../../../schema/operation/node.ts';
import { collectionKey } from './adapter.ts';
import { collectionByKey } from './loaders.ts';
import { DescribeCollection } from './operations.ts';

const inLists = ' In a list of collections, asking for it costs one more call to AWS for each.';

export const RekognitionCollection = nodeType('RekognitionCollection', {
  description: 'An Amazon Rekognition face collection.',
  scope: 'rekognition:collections:read',
  aws: [DescribeCollection],
  key: collectionKey,
  find: collectionByKey,
  fields: t => ({
    collectionId: t.exposeString('collectionId', {
      nullable: false,
      description: 'The id that you gave it.',
    }),
    collectionArn: t.string({
      description: `Its Amazon Resource Name, for IAM policies.${inLists}`,
      resolve: stored(collectionByKey, 'collectionArn'),
    }),
    faceModelVersion: t.exposeString('faceModelVersion', {
      description: 'The version of the face model that its faces were indexed with.',
    }),
    faceCount: t.float({
      description: `How many faces it holds.${inLists}`,
      resolve: stored(collectionByKey, 'faceCount'),
    }),
    userCount: t.float({
      description: `How many users it holds.${inLists}`,
      resolve: stored(collectionByKey, 'userCount'),
    }),
    creationTimestamp: t.field({
      type: 'DateTime',
      description: `When it was created.${inLists}`,
      resolve: stored(collectionByKey, 'creationTimestamp'),
    }),
  }),
});
