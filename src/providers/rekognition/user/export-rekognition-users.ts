import { pagesOf } from '../../../adapter/pages.ts';
import { exportMutation } from '../../../schema/operation/export-mutation.ts';
import { users } from './adapter.ts';
import { ListUsers } from './operations.ts';
import { thingOf } from './thing.ts';

export const exportRekognitionUsers = exportMutation('exportRekognitionUsers', {
  description:
    'Writes down all users of an Amazon Rekognition face collection, as a bulk job whose results `importRekognitionUsers` reads.',
  inputDescription: ['The users to export', 'from a face collection'],
  scope: 'rekognition:users:read',
  aws: [ListUsers],
  rowsOf: 'importRekognitionUsers',
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection whose users are exported.' }),
  }),
  options: ({ collectionId }) => ({ collectionId }),
  async *make(run) {
    const { collectionId } = run.options;
    const aws = run.context().aws(users);
    for await (const page of pagesOf(nextToken =>
      aws.list({ collectionId, maxResults: ListUsers.maxPageSize, nextToken }),
    )) {
      yield page.map(({ userId }) => ({ input: { userId }, thing: thingOf({ collectionId, userId }) }));
    }
  },
});
