import { mutation } from '../../../schema/operation/mutation.ts';
import { updateNote } from '../texts.ts';
import { users } from './adapter.ts';
import { DescribeAppInstanceUser, UpdateAppInstanceUser } from './operations.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

export const updateChimeSdkAppInstanceUser = mutation('updateChimeSdkAppInstanceUser', {
  description: `Changes a user of an app instance of the Amazon Chime SDK. ${updateNote}`,
  inputDescription: ['What to change of a user', 'of an app instance'],
  successDescription: 'Returned when the user was changed.',
  scope: 'chime-sdk-identity:users:update',
  aws: [UpdateAppInstanceUser, DescribeAppInstanceUser],
  input: t => ({
    appInstanceUserArn: t.string({ required: true, description: 'The Amazon Resource Name of the user.' }),
    name: t.string({ description: 'The name of the user.' }),
    metadata: t.string({ description: 'Whatever is to be kept with the user; null takes it away.' }),
  }),
  run: (input, context) => context.aws(users).update(input),
  success: t => ({ user: ChimeSdkAppInstanceUser.afterChange(t, 'The user') }),
});
