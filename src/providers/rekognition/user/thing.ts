/** Users as rows of bulk jobs tell them. */
import { pagesOf } from '../../../adapter/pages.ts';
import type { Thing } from '../../../jobs/job-kind.ts';
import type { Context } from '../../../schema/context.ts';
import { type RekognitionUserKey, userKey, users } from './adapter.ts';
import { ListUsers } from './operations.ts';

export function thingOf(key: RekognitionUserKey): Thing {
  return { type: 'RekognitionUser', key: userKey.format(key) };
}

/** The ids of all users of a collection: AWS has no way to ask for one. */
export async function idsIn(collectionId: string, context: Context): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const aws = context.aws(users);
  for await (const page of pagesOf(nextToken =>
    aws.list({ collectionId, maxResults: ListUsers.maxPageSize, nextToken }),
  )) {
    for (const { userId } of page) ids.add(userId);
  }
  return ids;
}
