import { mutation } from '../../../schema/operation/mutation.ts';
import { updateNote } from '../texts.ts';
import { appInstances } from './adapter.ts';
import { DescribeAppInstance, UpdateAppInstance } from './operations.ts';
import { ChimeSdkAppInstance } from './type.ts';

export const updateChimeSdkAppInstance = mutation('updateChimeSdkAppInstance', {
  description: `Changes an app instance of the Amazon Chime SDK. ${updateNote}`,
  inputDescription: ['What to change of an app instance', 'of the Amazon Chime SDK'],
  successDescription: 'Returned when the app instance was changed.',
  scope: 'chime-sdk-identity:app-instances:update',
  aws: [UpdateAppInstance, DescribeAppInstance],
  input: t => ({
    appInstanceArn: t.string({ required: true, description: 'The Amazon Resource Name that AWS gave it.' }),
    name: t.string({ description: 'Its name.' }),
    metadata: t.string({ description: 'Whatever its owners keep with it; null takes it away.' }),
  }),
  run: (input, context) => context.aws(appInstances).update(input),
  success: t => ({ appInstance: ChimeSdkAppInstance.afterChange(t, 'The app instance') }),
});
