import { mutation } from '../../../schema/operation/mutation.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { ChimeSdkTagInput } from '../tags.ts';
import { appInstances } from './adapter.ts';
import { CreateAppInstance } from './operations.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const createChimeSdkAppInstance = mutation('createChimeSdkAppInstance', {
  description: 'Creates an app instance of the Amazon Chime SDK. Names need not be unique.',
  inputDescription: ['The app instance to create', 'in the AWS account'],
  successDescription: 'Returned when the app instance was created.',
  scope: 'chime-sdk-identity:app-instances:create',
  aws: [CreateAppInstance],
  input: t => ({
    name: t.string({ required: true, description: 'Its name.' }),
    metadata: t.string({ description: 'Whatever its owners keep with it.' }),
    tags: t.field({ type: [ChimeSdkTagInput], description: 'Tags for IAM policies and bills.' }),
  }),
  run: async (input, context) => ({ appInstance: partOf(await context.aws(appInstances).create(input)) }),
  success: t => ({
    appInstance: t.expose('appInstance', {
      type: ChimeSdkAppInstance,
      nullable: false,
      description: 'The new app instance.',
    }),
  }),
});
