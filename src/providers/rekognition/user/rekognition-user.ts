import { query } from '../../../schema/operation/query.ts';
import { MOST_PAGES, userByKey } from './loaders.ts';
import { ListUsers } from './operations.ts';
import { RekognitionUser } from './type.ts';

export const rekognitionUser = query('rekognitionUser', {
  description:
    'Finds a user of a face collection; null when the user or the collection does not exist. AWS has no call ' +
    'for this, so the gateway reads the list of users, up to 500 at a time, until it finds the user.',
  scope: 'rekognition:users:read',
  aws: [ListUsers],
  calls: MOST_PAGES,
  type: RekognitionUser,
  args: t => ({
    collectionId: t.string({ required: true, description: 'The collection to look in.' }),
    userId: t.string({ required: true, description: 'The id of the user in that collection.' }),
  }),
  run: (key, context) => context.find(userByKey, key),
});
