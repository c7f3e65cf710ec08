import { mutation } from '../../../schema/operation/mutation.ts';
import { appInstances } from './adapter.ts';
import { DeleteAppInstance, ListAppInstances } from './operations.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const deleteChimeSdkAppInstance = mutation('deleteChimeSdkAppInstance', {
  description:
    'Deletes an app instance of the Amazon Chime SDK, and with it its users, its admins and all that they have ' +
    'written. AWS does so in the background.',
  inputDescription: ['The app instance to delete', 'from the AWS account'],
  successDescription: 'Returned when the app instance was deleted.',
  scope: 'chime-sdk-identity:app-instances:delete',
  aws: [DeleteAppInstance, ListAppInstances],
  input: t => ({
    appInstanceArn: t.string({ required: true, description: 'The Amazon Resource Name that AWS gave it.' }),
  }),
  run: (input, context) => context.aws(appInstances).delete(input),
  success: t =>
    ChimeSdkAppInstance.deleted(t, 'app instance', {
      appInstanceArn: 'The Amazon Resource Name that AWS had given it.',
    }),
});
