import { pagesOf } from '../../../adapter/pages.ts';
import { exportMutation } from '../../../schema/operation/export-mutation.ts';
import { userKey, users } from './adapter.ts';
import { ListUsers } from './operations.ts';

export const exportChimeUsers = exportMutation('exportChimeUsers', {
  description:
    'Writes down all users of an Amazon Chime account, as a bulk job whose results `importChimeUsers` reads.',
  inputDescription: ['The users to export', 'from a Chime account'],
  scope: 'chime:users:read',
  aws: [ListUsers],
  rowsOf: 'importChimeUsers',
  input: t => ({
    accountId: t.string({ required: true, description: 'The Chime account whose users are exported.' }),
  }),
  options: ({ accountId }) => ({ accountId }),
  async *make(run) {
    const { accountId } = run.options;
    const aws = run.context().aws(users);
    for await (const page of pagesOf(nextToken =>
      aws.list({ accountId, maxResults: ListUsers.maxPageSize, nextToken }),
    )) {
      yield page.map(user => ({
        input: { username: user.displayName, email: user.primaryEmail, userType: user.userType },
        thing: { type: 'ChimeUser', key: userKey.format(user) },
      }));
    }
  },
});
