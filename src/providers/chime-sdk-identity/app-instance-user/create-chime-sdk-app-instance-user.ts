import { mutation } from '../../../schema/operation/mutation.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { ChimeSdkTagInput } from '../tags.ts';
import { users } from './adapter.ts';
import { ChimeSdkExpirationSettingsInput } from './expiration-settings.ts';
import { CreateAppInstanceUser } from './operations.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

export const createChimeSdkAppInstanceUser = mutation('createChimeSdkAppInstanceUser', {
  description:
    'Creates a user in an app instance of the Amazon Chime SDK. One that is there already, with the same id and the ' +
    'same name, is a success too.',
  inputDescription: ['The user to create', 'in an app instance'],
  successDescription: 'Returned when the user was created, or was there already.',
  scope: 'chime-sdk-identity:users:create',
  aws: [CreateAppInstanceUser],
  input: t => ({
    appInstanceArn: t.string({ required: true, description: 'The app instance to create the user in.' }),
    appInstanceUserId: t.string({
      required: true,
      description: 'The id of the user, unique in the app instance; its Amazon Resource Name ends with it.',
    }),
    name: t.string({ required: true, description: 'The name of the user.' }),
    metadata: t.string({ description: 'Whatever is to be kept with the user.' }),
    tags: t.field({ type: [ChimeSdkTagInput], description: 'Tags for IAM policies and bills.' }),
    expirationSettings: t.field({
      type: ChimeSdkExpirationSettingsInput,
      description: 'When AWS deletes the user by itself; never if absent.',
    }),
  }),
  run: async (input, context) => ({ user: partOf(await context.aws(users).create(input)) }),
  success: t => ({
    user: t.expose('user', { type: ChimeSdkAppInstanceUser, nullable: false, description: 'The user.' }),
  }),
});
