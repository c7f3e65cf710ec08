import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { CreateUser } from './operations.ts';
import { RekognitionUser } from './type.ts';

export const createRekognitionUser = mutation('createRekognitionUser', {
  description: 'Creates a user in an Amazon Rekognition face collection.',
  inputDescription: ['What to create', 'in a face collection'],
  successDescription: 'Returned when the user was created.',
  scope: 'rekognition:users:create',
  aws: [CreateUser],
  input: t => ({
    collectionId: t.string({
      required: true,
      description: 'The collection to create the user in. It must exist.',
    }),
    userId: t.string({
      required: true,
      description:
        'The id of the new user, unique in the collection: 1 to 128 letters, digits and any of _ . - :',
    }),
  }),
  run: async (input, context) => ({ user: await context.aws(users).create(input) }),
  success: t => ({
    user: t.expose('user', {
      type: RekognitionUser,
      nullable: false,
      description: 'The new user, which has no faces yet.',
    }),
  }),
});
