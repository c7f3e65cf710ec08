import { mutation } from '../../../schema/operation/mutation.ts';
import { admins } from './adapter.ts';
import { DeleteAppInstanceAdmin, DescribeAppInstanceAdmin, ListAppInstanceAdmins } from './operations.ts';
import { ChimeSdkAppInstanceAdmin } from './type.ts';

export const deleteChimeSdkAppInstanceAdmin = mutation('deleteChimeSdkAppInstanceAdmin', {
  description:
    'Makes an admin of an app instance of the Amazon Chime SDK a mere user or bot again, which stays.',
  inputDescription: ['The admin to demote', 'in an app instance'],
  successDescription: 'Returned when the user or the bot was no admin any more.',
  scope: 'chime-sdk-identity:admins:delete',
  aws: [DeleteAppInstanceAdmin, ListAppInstanceAdmins, DescribeAppInstanceAdmin],
  input: t => ({
    appInstanceArn: t.string({ required: true, description: 'The app instance.' }),
    appInstanceAdminArn: t.string({
      required: true,
      description: 'The Amazon Resource Name of the user or the bot that is the admin.',
    }),
  }),
  run: (input, context) => context.aws(admins).delete(input),
  success: t =>
    ChimeSdkAppInstanceAdmin.deleted(t, 'admin', {
      appInstanceArn: 'The app instance.',
      appInstanceAdminArn: 'The Amazon Resource Name of the user or the bot that was the admin.',
    }),
});
