import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { mostItems } from '../../../schema/operation/most-items.ts';
import { userBatches } from './batch-adapter.ts';
import { BatchUnsuspendUser } from './operations.ts';
import { keyFields } from './user-batch.ts';
import { outcomeMeanings } from './user-outcomes.ts';

export const unsuspendChimeUsers = batchMutation('unsuspendChimeUsers', {
  description:
    `Ends the suspension of users of an Amazon Chime account of the type ENTERPRISE_LWA, ${mostItems}: they are ` +
    'registered again, and may sign in. Those who are not suspended stay as they are. Whom a TEAM account has suspended ' +
    'comes back with `inviteChimeUsers`. AWS ended support for Amazon Chime on 2026-02-20.',
  inputDescription: ['The users whose suspension ends', 'in a Chime account'],
  scope: 'chime:users:unsuspend',
  operation: BatchUnsuspendUser,
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the users.' }),
    userIdList: t.stringList({ required: true, description: 'The ids that AWS gave the users.' }),
  }),
  list: 'userIdList',
  keyOf: userId => userId,
  outcome: {
    stem: 'UnsuspendChimeUser',
    description: 'What can come of ending the suspension of one Chime user.',
    successDescription: 'Returned when the user is not suspended any more.',
    success: keyFields,
    meanings: outcomeMeanings,
  },
  run: async (input, context) => ({ outcomes: await context.aws(userBatches).unsuspend(input) }),
});
