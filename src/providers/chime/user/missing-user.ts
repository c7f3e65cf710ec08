import type { ChimeUserKey } from './adapter.ts';

/** What a not-found answer means to operations on a user: Chime does not say whether it is the account. */
export function missingUser({ accountId, userId }: ChimeUserKey) {
  return {
    resourceType: 'USER',
    resourceId: userId,
    message: `The Amazon Chime account ${accountId} has no user ${userId}, or there is no such account.`,
  } as const;
}
