/** How changes of users are looked for when their answers were lost: Chime recognises no repeat. */

import { found } from '../../../adapter/look-up.ts';
import { hasMembers } from '../../../adapter/sent-members.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import type { Settling } from '../../../adapter/settling.ts';
import type { ChimeUserKey } from './adapter.ts';
import {
  type AssociatePhoneNumberWithUser,
  type CreateUser,
  type DisassociatePhoneNumberFromUser,
  GetUser,
  ListUsers,
  type UpdateUser,
  userChanges,
} from './operations.ts';

/**
 * An account has one user for an e-mail address, and the invitation is as old as the user. A user without an address
 * has nothing to be looked for by, and one without an invitation cannot be told from an older one. Chime shows the
 * name only once the invitation was accepted: https://docs.aws.amazon.com/chime/latest/ag/adding-users.html
 */
export const createdUser: Settling<typeof CreateUser> = {
  proof: 'conflict',
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

/** Who is as asked for was changed, whoever did it; who is not, was not: Chime does not tell when a user was changed last. */
export const updatedUser: Settling<typeof UpdateUser> = {
  async look(aws, input) {
    const { user } = await aws.call(GetUser, { accountId: input.accountId, userId: input.userId });
    const asked = userChanges.filter(name => input[name] != null);
    const isThere = asked.every(name => hasMembers(user?.[name], input[name]));
    return user && isThere ? { state: 'made', answer: { user } } : { state: 'notMade' };
  },
};

/** Who has the number has it, whoever gave it. */
export const associatedNumber: Settling<typeof AssociatePhoneNumberWithUser> = {
  async look(aws, { accountId, userId, e164PhoneNumber }) {
    const number = await numberOf(aws, { accountId, userId });
    const isThere = number !== undefined && digitsOf(number) === digitsOf(e164PhoneNumber);
    return isThere ? { state: 'made', answer: {} } : { state: 'notMade' };
  },
};

export const disassociatedNumber: Settling<typeof DisassociatePhoneNumberFromUser> = {
  async look(aws, { accountId, userId }) {
    const number = await numberOf(aws, { accountId, userId });
    return number === undefined ? { state: 'made', answer: {} } : { state: 'notMade' };
  },
};

async function numberOf(aws: AwsSession, key: ChimeUserKey): Promise<string | undefined> {
  const { user } = await aws.call(GetUser, key);
  return user?.primaryProvisionedNumber ?? undefined;
}

/** The plus of a number may be left out. */
function digitsOf(number: string): string {
  return number.replace(/^\+/, '');
}
