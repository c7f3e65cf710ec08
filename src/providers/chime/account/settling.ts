/** How an account is looked for when the answer to its deletion was lost. A new one is like others of its name. */
import { found } from '../../../adapter/look-up.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { type DeleteAccount, GetAccount } from './operations.ts';

export const deletedAccount: Settling<typeof DeleteAccount> = {
  proof: 'notFound',
  async look(aws, { accountId }) {
    const answer = await found(aws.call(GetAccount, { accountId }));
    return answer ? { state: 'notMade' } : { state: 'made', answer: {} };
  },
};
