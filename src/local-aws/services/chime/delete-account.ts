import type { DeleteAccountRequest } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { usersNotSuspended } from './exceptions.ts';
import { foundAccount } from './found.ts';
import type { ChimeState } from './state.ts';

const active = `AccountId = :AccountId AND entity ->> 'UserRegistrationStatus' IS NOT 'Suspended'`;

/** All users of an account are suspended before it goes; those of a Team account have left it by then. */
export const DeleteAccount = implement(
  ({ AccountId }: Checked<DeleteAccountRequest>, state: Pick<ChimeState, 'accounts' | 'users'>): object => {
    foundAccount(state, AccountId);
    const { entities } = state.users.listWhere(active, { AccountId }, { after: 0, limit: 1 });
    if (entities.length > 0) throw usersNotSuspended();
    state.accounts.delete({ AccountId });
    return {};
  },
);
