import { randomUUID } from 'node:crypto';
import type { Invite, InviteUsersRequest, InviteUsersResponse, UserType } from '@aws-sdk/client-chime';
import { implement } from '../service.ts';
import type { Checked, RestJson } from '../wire.ts';
import { badRequest, emailTaken } from './exceptions.ts';
import { foundAccount, keepUser } from './found.ts';
import { newUser } from './new-user.ts';
import type { ChimeState, StoredAccount } from './state.ts';

/** Invites people into a Team account, and again those who have not answered. */
export const InviteUsers = implement(
  (
    { AccountId, UserEmailList, UserType }: Checked<InviteUsersRequest>,
    state: Pick<ChimeState, 'accounts' | 'users' | 'clock'>,
  ): RestJson<InviteUsersResponse> => {
    const account = foundAccount(state, AccountId);
    if (account.AccountType !== 'Team') throw badRequest();
    return {
      Invites: UserEmailList.map((EmailAddress): RestJson<Invite> => {
        const InviteId = randomUUID();
        const isSent = invite(state, account, EmailAddress, UserType);
        return isSent
          ? { InviteId, Status: 'Pending', EmailAddress, EmailStatus: 'Sent' }
          : { InviteId, Status: 'Accepted', EmailAddress, EmailStatus: 'NotSent' };
      }),
    };
  },
);

/** Whether somebody has to answer an invitation now. */
function invite(
  state: Pick<ChimeState, 'users' | 'clock'>,
  account: StoredAccount,
  Email: string,
  UserType: UserType | undefined,
): boolean {
  const { AccountId } = account;
  const known = state.users.find({ AccountId, lowerEmail: Email.toLowerCase() });
  if (!known) {
    state.users.insert(newUser(account, { Email, ...(UserType && { UserType }) }, state.clock()), emailTaken);
    return true;
  }
  if (known.UserRegistrationStatus !== 'Unregistered') return false;
  keepUser(state, { ...known, UserInvitationStatus: 'Pending', InvitedOn: state.clock().toISOString() });
  return true;
}
