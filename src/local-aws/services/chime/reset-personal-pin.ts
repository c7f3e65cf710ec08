import type { ResetPersonalPINRequest, ResetPersonalPINResponse } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { foundUser, keepUser } from './found.ts';
import { newPin } from './new-user.ts';
import type { ChimeState } from './state.ts';

export const ResetPersonalPIN = implement(
  (
    key: Checked<ResetPersonalPINRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<ResetPersonalPINResponse> => {
    const user = { ...foundUser(state, key), PersonalPIN: newPin() };
    keepUser(state, user);
    return { User: user };
  },
);
