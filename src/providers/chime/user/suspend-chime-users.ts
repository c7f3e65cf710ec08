import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { mostItems } from '../../../schema/operation/most-items.ts';
import { userBatches } from './batch-adapter.ts';
import { BatchSuspendUser } from './operations.ts';
import { keyFields } from './user-batch.ts';
import { outcomeMeanings } from './user-outcomes.ts';

export const suspendChimeUsers = batchMutation('suspendChimeUsers', {
  description:
    `Suspends users of an Amazon Chime account, ${mostItems}; AWS cannot delete users. In a TEAM account it takes them ` +
    'out of the account: they keep a free profile, may still sign in, and come back with `inviteChimeUsers`; a user who ' +
    'has left already is a NotFoundError. In an ENTERPRISE_LWA account they stay, are signed out at once and cannot sign ' +
    'in, until `unsuspendChimeUsers`. Other accounts cannot do it. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The users to suspend', 'in a Chime account'],
  scope: 'chime:users:suspend',
  operation: BatchSuspendUser,
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the users.' }),
    userIdList: t.stringList({ required: true, description: 'The ids that AWS gave the users.' }),
  }),
  list: 'userIdList',
  keyOf: userId => userId,
  outcome: {
    stem: 'SuspendChimeUser',
    description: 'What can come of suspending one Chime user.',
    successDescription: 'Returned when the user was suspended.',
    success: keyFields,
    meanings: outcomeMeanings,
  },
  run: async (input, context) => ({ outcomes: await context.aws(userBatches).suspend(input) }),
});
