import { mutation } from '../../../schema/operation/mutation.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { admins } from './adapter.ts';
import { CreateAppInstanceAdmin, DescribeAppInstanceAdmin, ListAppInstanceAdmins } from './operations.ts';
import { ChimeSdkAppInstanceAdmin } from './type.ts';

export const createChimeSdkAppInstanceAdmin = mutation('createChimeSdkAppInstanceAdmin', {
  description:
    'Makes a user or a bot an admin of its app instance of the Amazon Chime SDK: a moderator of every channel, who may ' +
    'delete messages.',
  inputDescription: ['The user or the bot to promote', 'in an app instance'],
  successDescription: 'Returned when the user or the bot became an admin.',
  scope: 'chime-sdk-identity:admins:create',
  aws: [CreateAppInstanceAdmin, ListAppInstanceAdmins, DescribeAppInstanceAdmin],
  input: t => ({
    appInstanceArn: t.string({ required: true, description: 'The app instance.' }),
    appInstanceAdminArn: t.string({
      required: true,
      description: 'The Amazon Resource Name of the user or the bot.',
    }),
  }),
  run: async (input, context) => ({ admin: partOf(await context.aws(admins).create(input)) }),
  success: t => ({
    admin: t.expose('admin', {
      type: ChimeSdkAppInstanceAdmin,
      nullable: false,
      description: 'The new admin.',
    }),
  }),
});
