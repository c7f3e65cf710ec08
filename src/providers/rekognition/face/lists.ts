/** The faces of collections and of users, and the users of faces. */
import { listField } from '../../../schema/operation/lists.ts';
import { field } from '../../../schema/operation/query.ts';
import { RekognitionCollection } from '../collection/type.ts';
import { userByKey } from '../user/loaders.ts';
import { ListUsers } from '../user/operations.ts';
import { RekognitionUser } from '../user/type.ts';
import { faces } from './adapter.ts';
import { ListFaces } from './operations.ts';
import { RekognitionFace } from './type.ts';

const listed = {
  scope: 'rekognition:faces:read',
  operation: ListFaces,
  type: RekognitionFace,
  nodes: 'Faces of a face collection',
} as const;

export const collectionFaces = listField(RekognitionCollection, 'faces', {
  ...listed,
  description: 'Its faces, in the order that AWS gives them.',
  of: ({ collectionId }) => ({ collectionId }),
  list: (request, context) => context.aws(faces).list(request),
});

export const userFaces = listField(RekognitionUser, 'faces', {
  ...listed,
  description: 'The faces that are associated with the user; AWS takes a call for each user.',
  of: ({ collectionId, userId }) => ({ collectionId, userId }),
  list: (request, context) => context.aws(faces).list(request),
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
