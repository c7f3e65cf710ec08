/** What one GraphQL request remembers of the users of face collections. */
import { type Found, found, lookUpAll, settled } from '../../../adapter/look-up.ts';
import { ProviderFailureError } from '../../../errors.ts';
import {
  type RekognitionUser,
  type RekognitionUserKey,
  type RekognitionUsers,
  userKey,
  users,
} from './adapter.ts';
import { ListUsers } from './operations.ts';

/**
 * How many pages of a collection's users are read at most to find some of them. At AWS's quota of five a second, it takes
 * four seconds.
 */
export const MOST_PAGES = 20;

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
        const list = await lists.get(key.collectionId);
        return list?.byId.get(key.userId) ?? list?.others ?? null;
      }),
    );
  },
  userKey,
);

interface FoundUsers {
  readonly byId: ReadonlyMap<string, RekognitionUser>;
  /** What is to be said of the others: that they do not exist, or that this cannot be told. */
  readonly others: null | Error;
}

/**
 * AWS has no call that describes a user, and SearchUsers does not tell the status, so this reads the list of
 * users, as many at a time as AWS gives, until all are found, or it would take too long to go on.
 */
async function findUsers(
  aws: RekognitionUsers,
  collectionId: string,
  wanted: Set<string>,
): Promise<FoundUsers> {
  const byId = new Map<string, RekognitionUser>();
  let nextToken: string | undefined;
  let asked: string | undefined;
  let pages = 0;
  do {
    if (pages === MOST_PAGES) return { byId, others: tooMany(collectionId) };
    pages += 1;
    asked = nextToken;
    const page = await found(aws.list({ collectionId, maxResults: ListUsers.maxPageSize, nextToken }));
    for (const user of page?.items ?? []) {
      if (wanted.delete(user.userId)) byId.set(user.userId, user);
    }
    nextToken = page?.nextToken;
    // AWS's list that goes on where it was would go on for ever.
  } while (nextToken && nextToken !== asked && wanted.size > 0);
  return { byId, others: null };
}

function tooMany(collectionId: string): ProviderFailureError {
  const read = (MOST_PAGES * ListUsers.maxPageSize).toLocaleString('en');
  const message = `The user is not among the first ${read} of the collection "${collectionId}", and AWS has no call that finds one. Read the collection's users as a list.`;
  return new ProviderFailureError({ message, retryable: false });
}
