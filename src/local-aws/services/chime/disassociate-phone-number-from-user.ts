import type { DisassociatePhoneNumberFromUserRequest } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';

/** Takes the number from a user who has one. */
export const DisassociatePhoneNumberFromUser = implement(
  (
    key: Checked<DisassociatePhoneNumberFromUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): object => {
    const { PrimaryProvisionedNumber: _, ...user } = foundUser(state, key);
    keepUser(state, user);
    return {};
  },
);
