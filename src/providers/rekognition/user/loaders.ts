/** What one GraphQL request remembers of the users of face collections. */
import { type Found, found, lookUpAll, settled } from '../../../adapter/look-up.ts';
import {
  type RekognitionUser,
  type RekognitionUserKey,
  type RekognitionUsers,
  userKey,
  users,
} from './adapter.ts';
import { ListUsers } from './operations.ts';

/** Users of one collection that are asked for together are looked for together. */
export const userByKey = lookUpAll(
  users,
  async (aws, keys: readonly RekognitionUserKey[], limit): Promise<Found<RekognitionUser>[]> => {
    const refusals = new Map(keys.map(key => [key, aws.refusalOf(key)]));
    const wanted = Map.groupBy(
      keys.filter(key => !refusals.get(key)),
      ({ collectionId }) => collectionId,
    );
    const lists = new Map(
      [...wanted].map(([collectionId, ofCollection]) => [
        collectionId,
        limit(() => findUsers(aws, collectionId, new Set(ofCollection.map(({ userId }) => userId)))),
      ]),
    );
    return settled(
      keys.map(async key => {
        const refusal = refusals.get(key);
        if (refusal) throw refusal;
        return (await lists.get(key.collectionId))?.get(key.userId) ?? null;
      }),
    );
  },
  userKey,
);

/**
 * AWS has no call that describes a user, and SearchUsers does not tell the status, so this reads the list of
 * users, as many at a time as AWS gives, until all are found.
 */
async function findUsers(
  aws: RekognitionUsers,
  collectionId: string,
  wanted: Set<string>,
): Promise<ReadonlyMap<string, RekognitionUser>> {
  const byId = new Map<string, RekognitionUser>();
  let nextToken: string | undefined;
  let asked: string | undefined;
  do {
    asked = nextToken;
    const page = await found(aws.list({ collectionId, maxResults: ListUsers.maxPageSize, nextToken }));
    for (const user of page?.items ?? []) {
      if (wanted.delete(user.userId)) byId.set(user.userId, user);
    }
    nextToken = page?.nextToken;
    // AWS's list that goes on where it was would go on for ever.
  } while (nextToken && nextToken !== asked && wanted.size > 0);
  return byId;
}
