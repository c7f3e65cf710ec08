/** What batches of Chime users have in common. */
import type { SuccessBuilder } from '../../../schema/operation/result.ts';
import type { ChimeUserKey } from './adapter.ts';

/** The fields of a user's success: the user may have left the account, so that it is told by its ids. */
export const keyFields = (t: SuccessBuilder<ChimeUserKey>) => ({
  accountId: t.exposeString('accountId', { nullable: false, description: 'The Chime account.' }),
  userId: t.exposeString('userId', { nullable: false, description: 'The id that AWS gave the user.' }),
});
