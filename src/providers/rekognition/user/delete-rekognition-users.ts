import { NotFoundError } from '../../../errors.ts';
import { jobMutation } from '../../../schema/operation/job-mutation.ts';
import { users } from './adapter.ts';
import { DeleteUser, ListUsers } from './operations.ts';
import { idsIn, thingOf } from './thing.ts';
import { missingUser } from './words.ts';

export const deleteRekognitionUsers = jobMutation('deleteRekognitionUsers', {
  description:
    'Deletes users from an Amazon Rekognition face collection, as a bulk job. All rows are looked up before the first is deleted; protected users stay, and more than a share of the collection is deleted only if the number is confirmed.',
  inputDescription: ['The users to delete', 'from a face collection'],
  rowDescription: 'A user to delete.',
  scope: 'rekognition:users:delete',
  aws: [DeleteUser, ListUsers],
  row: t => ({
    userId: t.string({ required: true, description: 'The id of the user in the collection.' }),
  }),
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection that the users belong to.' }),
    confirmDeletions: t.int({
      description:
        'How many users will be deleted, for more of them than the gateway deletes unasked; a dry run tells the number as `counts.planned`, and a job that was stopped in its `reason`.',
    }),
  }),
  options: ({ collectionId, confirmDeletions }) => ({
    collectionId,
    confirmDeletions: confirmDeletions ?? null,
  }),
  identity: ({ userId }) => [{ name: userId, at: [['userId']] }],
  check: ({ userId }, { collectionId }, context) => context.aws(users).delete({ collectionId, userId }),
  needsEnd: () => true,
  plan: async ({ userId }, run) => {
    const { collectionId } = run.options;
    run.brakes.checkUser(userId);
    const existing = await run.once('users', context => idsIn(collectionId, context));
    if (!existing.has(userId)) {
      throw new NotFoundError(missingUser(collectionId, userId));
    }
    return { action: 'DELETE', thing: thingOf({ collectionId, userId }) };
  },
  brake: (going, run) => {
    const { collectionId, confirmDeletions: confirmed } = run.options;
    return run.brakes.onDeletion({
      going,
      confirmed,
      of: `the collection "${collectionId}"`,
      countUpTo: async () => (await run.once('users', context => idsIn(collectionId, context))).size,
    });
  },
  recheck: async ({ userId }, { brakes }) => brakes.checkUser(userId),
  perform: async ({ userId }, { options }, context, idempotencyKey) => {
    const key = { collectionId: options.collectionId, userId };
    await context.aws(users).delete({ ...key, idempotencyKey });
    return { action: 'DELETE', thing: thingOf(key) };
  },
});
