import { connectionType, forwardArgs, resolveConnection } from '../../../schema/connection.ts';
import { field } from '../../../schema/operation/query.ts';
import { users } from '../user/adapter.ts';
import { ListUsers } from '../user/operations.ts';
import { RekognitionUser } from '../user/type.ts';
import { RekognitionCollection } from './type.ts';

export const collectionUsers = field(RekognitionCollection, 'users', {
  description: 'Its users, in the order that AWS gives them.',
  scope: 'rekognition:users:read',
  aws: [ListUsers],
  type: connectionType(RekognitionUser, 'Users of a face collection'),
  nullable: false,
  args: forwardArgs,
  run: ({ collectionId }, args, context) =>
    resolveConnection(args, ListUsers, page => context.aws(users).list({ collectionId, ...page })),
});
