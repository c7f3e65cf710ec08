/** How changes of users are looked for that must not be repeated: otherwise AWS recognises a repeat. */
import { pagesOf } from '../../../adapter/pages.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { type CreateUser, type DeleteUser, ListUsers } from './operations.ts';

/** Nothing tells since when there is a user. */
export const createdUser: Settling<typeof CreateUser> = {
  look: async (aws, input) => ((await isThere(aws, input)) ? { state: 'unclear' } : { state: 'notMade' }),
};

/** A user who is gone is deleted, whoever did it. */
export const deletedUser: Settling<typeof DeleteUser> = {
  look: async (aws, input) =>
    (await isThere(aws, input)) ? { state: 'notMade' } : { state: 'made', answer: {} },
};

interface Key {
  readonly collectionId: string;
  readonly userId: string;
}

/** AWS has no way to ask for one user. */
async function isThere(aws: AwsSession, { collectionId, userId }: Key): Promise<boolean> {
  const pages = pagesOf(async nextToken => {
    const page = { collectionId, maxResults: ListUsers.maxPageSize, nextToken };
    const { users = [], nextToken: next } = await aws.call(ListUsers, page);
    return { items: users, nextToken: next };
  });
  for await (const page of pages) {
    if (page.some(user => user.userId === userId)) return true;
  }
  return false;
}
