import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { DeleteUser } from './operations.ts';
import { RekognitionUser } from './type.ts';

export const deleteRekognitionUser = mutation('deleteRekognitionUser', {
  description:
    'Deletes a user from an Amazon Rekognition face collection. Its faces stay in the collection, tied to nobody.',
  inputDescription: ['What to delete', 'from a face collection'],
  successDescription: 'Returned when the user was deleted.',
  scope: 'rekognition:users:delete',
  aws: [DeleteUser],
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection that the user belongs to.' }),
    userId: t.string({ required: true, description: 'The id of the user in that collection.' }),
  }),
  run: (input, context) => context.aws(users).delete(input),
  success: t =>
    RekognitionUser.deleted(t, 'user', {
      collectionId: 'The collection that the user belonged to.',
      userId: 'The id that the user had in its collection.',
    }),
});
