import type { GetUserSettingsRequest, GetUserSettingsResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { foundUser } from './found.ts';
import type { ChimeState } from './state.ts';

/** Calls and text messages are off until somebody allows them. */
const off = { InboundCalling: false, OutboundCalling: false, SMS: false };

export const GetUserSettings = implement(
  (
    key: Checked<GetUserSettingsRequest>,
    state: Pick<ChimeState, 'accounts' | 'users' | 'settings'>,
  ): RestJson<GetUserSettingsResponse> => {
    const { AccountId, UserId } = foundUser(state, key);
    return { UserSettings: { Telephony: state.settings.find({ AccountId, UserId })?.Telephony ?? off } };
  },
);
