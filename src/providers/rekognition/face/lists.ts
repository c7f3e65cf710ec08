/** The faces of collections and of users, and the users of faces. */
import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { field } from '../../../schema/operation/query.ts';
import { RekognitionCollection } from '../collection/type.ts';
import { userByKey } from '../user/loaders.ts';
import { ListUsers } from '../user/operations.ts';
import { RekognitionUser } from '../user/type.ts';
import { faces } from './adapter.ts';
import { ListFaces } from './operations.ts';
import { RekognitionFace } from './type.ts';

const FaceConnection = connectionType(RekognitionFace, 'Faces of a face collection');

export const collectionFaces = field(RekognitionCollection, 'faces', {
  description: 'Its faces, in the order that AWS gives them.',
  scope: 'rekognition:faces:read',
  aws: [ListFaces],
  type: FaceConnection,
  nullable: false,
  args: forwardArgs,
  run: ({ collectionId }, args, context) =>
    resolveConnection(args, ListFaces, page => context.aws(faces).list({ collectionId, ...page })),
});

export const userFaces = field(RekognitionUser, 'faces', {
  description: 'The faces that are associated with the user; AWS takes a call for each user.',
  scope: 'rekognition:faces:read',
  aws: [ListFaces],
  type: FaceConnection,
  nullable: false,
  args: forwardArgs,
  run: ({ collectionId, userId }, args, context) =>
    resolveConnection(args, ListFaces, page => context.aws(faces).list({ collectionId, userId, ...page })),
});

export const faceUser = field(RekognitionFace, 'user', {
  description: 'The user that it is associated with; null if there is none.',
  scope: 'rekognition:users:read',
  aws: [ListUsers],
  type: RekognitionUser,
  args: () => ({}),
  run: ({ collectionId, userId }, _args, context) =>
    userId ? context.find(userByKey, { collectionId, userId }) : null,
});
