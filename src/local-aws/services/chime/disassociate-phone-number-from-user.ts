import type {
  DisassociatePhoneNumberFromUserRequest,
  DisassociatePhoneNumberFromUserResponse,
} from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { foundUser, keepUser } from './found.ts';
import type { ChimeState } from './state.ts';

/** Takes the number from a user who has one. */
export const DisassociatePhoneNumberFromUser = implement(
  (
    key: Checked<DisassociatePhoneNumberFromUserRequest>,
    state: Pick<ChimeState, 'accounts' | 'users'>,
  ): RestJson<DisassociatePhoneNumberFromUserResponse> => {
    const { PrimaryProvisionedNumber: _, ...user } = foundUser(state, key);
    keepUser(state, user);
    return {};
  },
);
