import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { ChimeSdkExpirationSettingsInput } from './expiration-settings.ts';
import { DescribeAppInstanceUser, PutAppInstanceUserExpirationSettings } from './operations.ts';
import { ChimeSdkAppInstanceUser } from './type.ts';

export const putChimeSdkAppInstanceUserExpirationSettings = mutation(
  'putChimeSdkAppInstanceUserExpirationSettings',
  {
    description:
      'Sets when AWS deletes a user of an app instance by itself. Until it is deleted, other settings still count.',
    inputDescription: ['The user and the settings', 'in an app instance'],
    successDescription: 'Returned when the settings of the user were changed.',
    scope: 'chime-sdk-identity:users:update',
    aws: [PutAppInstanceUserExpirationSettings, DescribeAppInstanceUser],
    input: t => ({
      appInstanceUserArn: t.string({ required: true, description: 'The Amazon Resource Name of the user.' }),
      expirationSettings: t.field({
        type: ChimeSdkExpirationSettingsInput,
        description:
          'The settings. If absent or null, they are taken away, as far as is known: AWS does not document it.',
      }),
    }),
    run: (input, context) => context.aws(users).putExpirationSettings(input),
    success: t => ({ user: ChimeSdkAppInstanceUser.afterChange(t, 'The user') }),
  },
);
