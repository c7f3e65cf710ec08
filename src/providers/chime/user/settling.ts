/** How a new user is looked for when the answer to its making was lost: Chime recognises no repeat. */

import { found } from '../../../adapter/look-up.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { type CreateUser, ListUsers } from './operations.ts';

/**
 * An account has one user for an e-mail address, and the invitation is as old as the user. A user without an address
 * has nothing to be looked for by, and one without an invitation cannot be told from an older one. Chime shows the
 * name only once the invitation was accepted: https://docs.aws.amazon.com/chime/latest/ag/adding-users.html
 */
export const createdUser: Settling<typeof CreateUser> = {
  async look(aws, { accountId, email, username, userType }, since) {
    if (!email) return { state: 'unclear' };
    const answer = await found(aws.call(ListUsers, { accountId, userEmail: email, maxResults: 1 }));
    const user = answer?.users?.find(
      ({ primaryEmail }) => primaryEmail?.toLowerCase() === email.toLowerCase(),
    );
    if (!user) return { state: 'notMade' };
    const { invitedOn, displayName = username, primaryEmail } = user;
    if (invitedOn && invitedOn < since) return { state: 'taken' };
    const asSent =
      primaryEmail === email &&
      displayName === (username ?? displayName) &&
      user.userType === (userType ?? 'PrivateUser');
    return invitedOn && asSent ? { state: 'made', answer: { user } } : { state: 'unclear' };
  },
};
