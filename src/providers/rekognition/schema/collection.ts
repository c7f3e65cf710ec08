import { builder } from '../../../schema/builder.ts';
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { MAX_USER_PAGE, type RekognitionCollection as Collection } from '../adapter.ts';
import { rekognition } from '../session.ts';
import { RekognitionUser } from './user.ts';

const RekognitionUserConnection = connectionType(RekognitionUser, 'Users of a face collection');

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
    users: t.field({
      type: RekognitionUserConnection,
      nullable: false,
      description: 'Its users, in the order that AWS gives them.',
      args: forwardArgs(t.arg),
      resolve: ({ collectionId }, args, context) =>
        resolveConnection(args, MAX_USER_PAGE, (size, token) =>
          context.session(rekognition).aws.listUsers(collectionId, size, token),
        ),
    }),
  }),
});

builder.queryField('rekognitionCollection', t =>
  t.field({
    type: RekognitionCollection,
    description: 'Finds a face collection; null when it does not exist.',
    args: { collectionId: t.arg.string({ required: true, description: 'The id of the collection.' }) },
    resolve: (_root, { collectionId }, context) => context.session(rekognition).collection(collectionId),
  }),
);
