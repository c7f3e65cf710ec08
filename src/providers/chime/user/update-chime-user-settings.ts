import { mutation } from '../../../schema/operation/mutation.ts';
import { users } from './adapter.ts';
import { GetUser, UpdateUserSettings } from './operations.ts';
import { ChimeUserSettings, ChimeUserSettingsInput } from './settings.ts';
import { ChimeUser } from './type.ts';

export const updateChimeUserSettings = mutation('updateChimeUserSettings', {
  description:
    'Replaces all settings of a user of an Amazon Chime account. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The settings of a user', 'in a Chime account'],
  successDescription: 'Returned when the user has the settings.',
  scope: 'chime:users:update',
  aws: [UpdateUserSettings, GetUser],
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the user.' }),
    userId: t.string({ required: true, description: 'The id that AWS gave the user.' }),
    userSettings: t.field({ type: ChimeUserSettingsInput, required: true, description: 'All settings.' }),
  }),
  run: async (input, context) => ({
    ...(await context.aws(users).updateSettings(input)),
    settings: input.userSettings,
  }),
  success: t => ({
    settings: t.expose('settings', {
      type: ChimeUserSettings,
      nullable: false,
      description: 'The settings of the user.',
    }),
    user: ChimeUser.afterChange(t, 'The user'),
  }),
});
