import type { LogoutUserRequest } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { foundUser } from './found.ts';
import type { ChimeState } from './state.ts';

/** Nobody is signed in to local AWS, so that there is nothing more to do. */
export const LogoutUser = implement(
  (key: Checked<LogoutUserRequest>, state: Pick<ChimeState, 'accounts' | 'users'>): object => {
    foundUser(state, key);
    return {};
  },
);
