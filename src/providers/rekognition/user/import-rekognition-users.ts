import { ConflictError } from '../../../errors.ts';
import { OnExisting } from '../../../schema/jobs/on-existing.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { users } from './adapter.ts';
import { CreateUser, ListUsers } from './operations.ts';
import { idsIn, thingOf } from './thing.ts';
import { userIsThere } from './words.ts';

export const importRekognitionUsers = jobMutation('importRekognitionUsers', {
  description: 'Creates users in an Amazon Rekognition face collection, as a bulk job.',
  inputDescription: ['The users to import', 'into a face collection'],
  rowDescription: 'A user to import.',
  scope: 'rekognition:users:create',
  aws: [CreateUser, ListUsers],
  row: t => ({
    userId: t.string({
      required: true,
      description:
        'The id of the user, unique in the collection: 1 to 128 letters, digits and any of _ . - :',
    }),
  }),
  input: t => ({
    collectionId: t.string({
      required: true,
      description: 'The collection to create the users in. It must exist.',
    }),
    onExisting: t.field({
      type: OnExisting,
      defaultValue: 'FAIL',
      description:
        'What to do with users that exist. A user of a collection has nothing to update, so that UPDATE does what SKIP does.',
    }),
  }),
  options: ({ collectionId, onExisting }) => ({ collectionId, onExisting: onExisting ?? 'FAIL' }),
  identity: ({ userId }) => [{ name: userId, at: [['userId']] }],
  check: ({ userId }, { collectionId }, context) => context.aws(users).create({ collectionId, userId }),
  needsEnd: () => false,
  plan: async ({ userId }, run) => {
    if (!run.dryRun) return undefined;
    const { collectionId, onExisting } = run.options;
    const existing = await run.once('users', context => idsIn(collectionId, context));
    const thing = thingOf({ collectionId, userId });
    if (!existing.has(userId)) return { action: 'CREATE', thing };
    if (onExisting === 'FAIL') throw new ConflictError(userIsThere(collectionId, userId));
    return { action: 'SKIP', thing };
  },
  perform: async ({ userId }, { options }, context, idempotencyKey) => {
    const { collectionId, onExisting } = options;
    const thing = thingOf({ collectionId, userId });
    try {
      await context.aws(users).create({ collectionId, userId, idempotencyKey });
      return { action: 'CREATE', thing };
    } catch (error) {
      if (onExisting === 'FAIL' || !(error instanceof ConflictError)) throw error;
      return { action: 'SKIP', thing };
    }
  },
});
