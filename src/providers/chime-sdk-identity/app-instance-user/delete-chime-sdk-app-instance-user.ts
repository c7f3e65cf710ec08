import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { DeleteAppInstanceUser, DescribeAppInstanceUser, ListAppInstanceUsers } from './operations.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

export const deleteChimeSdkAppInstanceUser = mutation('deleteChimeSdkAppInstanceUser', {
  description: 'Deletes a user from an app instance of the Amazon Chime SDK.',
  inputDescription: ['The user to delete', 'from an app instance'],
  successDescription: 'Returned when the user was deleted.',
  scope: 'chime-sdk-identity:users:delete',
  aws: [DeleteAppInstanceUser, DescribeAppInstanceUser, ListAppInstanceUsers],
  input: t => ({
    appInstanceUserArn: t.string({ required: true, description: 'The Amazon Resource Name of the user.' }),
  }),
  run: (input, context) => context.aws(users).delete(input),
  success: t =>
    ChimeSdkAppInstanceUser.deleted(t, 'user', {
      appInstanceUserArn: 'The Amazon Resource Name that the user had.',
    }),
});
