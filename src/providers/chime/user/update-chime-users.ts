import { replacementIssues } from '../../../adapter/changes.ts';
import { builder } from '../../../schema/builder.ts';
import { batchMutation } from '../../../schema/operation/batch-mutation.ts';
import { mostItems } from '../../../schema/operation/most-items.ts';
import { userBatches } from './batch-adapter.ts';
import { BatchUpdateUser, userChanges } from './operations.ts';
import { updatedUser } from './update.ts';
import { keyFields } from './user-batch.ts';
import { outcomeMeanings } from './user-outcomes.ts';

const UpdateChimeUserItem = builder.inputType('UpdateChimeUserItem', {
  description: 'What to change of one user: what is absent stays as it is.',
  fields: updatedUser,
});

export const updateChimeUsers = batchMutation('updateChimeUsers', {
  description:
    `Changes users of an Amazon Chime account, ${mostItems}: what is absent stays as it is. Items for the same user ` +
    'are sent as one, in which the later ones count. AWS documents it for the licence alone. AWS ended support for Amazon ' +
    'Chime on 2026-02-20.',
  inputDescription: ['What to change of users', 'in a Chime account'],
  scope: 'chime:users:update',
  operation: BatchUpdateUser,
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account of the users.' }),
    updateUserRequestItems: t.field({
      type: [UpdateChimeUserItem],
      required: true,
      description: 'What to change, of each user.',
    }),
  }),
  list: 'updateUserRequestItems',
  issues: (item, path) => replacementIssues(item, userChanges, path),
  keyOf: ({ userId }) => userId,
  joined: (first, second) => ({ ...first, ...second }),
  outcome: {
    stem: 'UpdateChimeUser',
    description: 'What can come of changing one of several Chime users.',
    successDescription: 'Returned when the user was changed.',
    success: keyFields,
    meanings: outcomeMeanings,
  },
  run: async (input, context) => ({ outcomes: await context.aws(userBatches).update(input) }),
});
