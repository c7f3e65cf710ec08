import { listField } from '../../../schema/operation/lists.ts';
import { users } from '../user/adapter.ts';
import { ListUsers } from '../user/operations.ts';
import { RekognitionUser } from '../user/type.ts';
import { RekognitionCollection } from './type.ts';

export const collectionUsers = listField(RekognitionCollection, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'rekognition:users:read',
  operation: ListUsers,
  type: RekognitionUser,
  nodes: 'Users of a face collection',
  of: ({ collectionId }) => ({ collectionId }),
  list: (request, context) => context.aws(users).list(request),
});
