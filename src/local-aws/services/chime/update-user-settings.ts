import type { UpdateUserSettingsRequest } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { foundUser } from './found.ts';
import type { ChimeState } from './state.ts';

/** Replaces all of a user's settings. */
export const UpdateUserSettings = implement(
  (
    { UserSettings, ...key }: Checked<UpdateUserSettingsRequest>,
    state: Pick<ChimeState, 'accounts' | 'users' | 'settings'>,
  ): object => {
    const { AccountId, UserId } = foundUser(state, key);
    state.settings.delete({ AccountId, UserId });
    state.settings.insert({ AccountId, UserId, ...UserSettings });
    return {};
  },
);
