import { builder } from '../../../schema/builder.ts';
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { field, query } from '../../../schema/operation.ts';
import { DescribeCollection, ListUsers } from '../operations.ts';
import { rekognition } from '../session.ts';
import { MAX_USER_PAGE } from '../user/adapter.ts';
import { RekognitionUser } from '../user/type.ts';
import type { RekognitionCollection as Collection } from './adapter.ts';

const RekognitionCollection = builder.objectRef<Collection>('RekognitionCollection').implement({
  description: 'An Amazon Rekognition face collection.',
  fields: t => ({
    collectionId: t.exposeString('collectionId', {
      nullable: false,
      description: 'The id that you gave it.',
    }),
    collectionArn: t.exposeString('collectionArn', {
      description: 'Its Amazon Resource Name, for IAM policies.',
    }),
    faceModelVersion: t.exposeString('faceModelVersion', {
      description: 'The version of the face model that its faces were indexed with.',
    }),
    faceCount: t.exposeFloat('faceCount', { description: 'How many faces it holds.' }),
    userCount: t.exposeFloat('userCount', { description: 'How many users it holds.' }),
    creationTimestamp: t.expose('creationTimestamp', {
      type: 'DateTime',
      description: 'When it was created.',
    }),
  }),
});

export const users = field(RekognitionCollection, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'rekognition:users:read',
  aws: [ListUsers],
  type: connectionType(RekognitionUser, 'Users of a face collection'),
  nullable: false,
  args: forwardArgs,
  run: ({ collectionId }, args, context) =>
    resolveConnection(args, MAX_USER_PAGE, (size, token) =>
      context.session(rekognition).aws.users.list(collectionId, size, token),
    ),
});

export const rekognitionCollection = query('rekognitionCollection', {
  description: 'Finds a face collection; null when it does not exist.',
  scope: 'rekognition:collections:read',
  aws: [DescribeCollection],
  type: RekognitionCollection,
  args: t => ({ collectionId: t.string({ required: true, description: 'The id of the collection.' }) }),
  run: ({ collectionId }, context) => context.session(rekognition).collection(collectionId),
});
