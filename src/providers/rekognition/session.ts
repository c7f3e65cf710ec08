/** Rekognition during one GraphQL request: equal look-ups share one call to AWS. */
import DataLoader from 'dataloader';
import { found, lookUpEach } from '../../aws/look-up.ts';
import type { ProviderKey } from '../provider.ts';
import type { RekognitionCollection, RekognitionCollections } from './collection/adapter.ts';
import {
  MAX_USER_PAGE,
  type RekognitionUser,
  type RekognitionUserKey,
  type RekognitionUsers,
} from './user/adapter.ts';

export const rekognition = 'rekognition' as ProviderKey<RekognitionSession>;

/** AWS allows 5 requests a second of each of these operations. */
const PARALLEL_LOOK_UPS = 5;

/** The adapters, which all requests share. */
export interface Rekognition {
  readonly collections: RekognitionCollections;
  readonly users: RekognitionUsers;
}

export class RekognitionSession {
  readonly aws: Rekognition;
  readonly #usersOf = new Map<string, DataLoader<string, RekognitionUser | null>>();
  #collections: DataLoader<string, RekognitionCollection | null> | undefined;

  constructor(aws: Rekognition) {
    this.aws = aws;
  }

  /** A collection, or null. */
  collection(collectionId: string): Promise<RekognitionCollection | null> {
    this.#collections ??= new DataLoader(
      lookUpEach(PARALLEL_LOOK_UPS)(id => this.aws.collections.describe(id)),
    );
    return this.#collections.load(collectionId);
  }

  /** A user, or null. Users of one collection that are asked for together are looked for together. */
  async user(key: RekognitionUserKey): Promise<RekognitionUser | null> {
    this.aws.users.checkKey(key);
    const { collectionId, userId } = key;
    let users = this.#usersOf.get(collectionId);
    if (!users) {
      users = new DataLoader(userIds => this.#findUsers(collectionId, userIds));
      this.#usersOf.set(collectionId, users);
    }
    return users.load(userId);
  }

  /**
   * AWS has no call that describes a user, and SearchUsers does not tell the status, so this reads the list of
   * users, 500 at a time, until all are found.
   */
  async #findUsers(collectionId: string, userIds: readonly string[]): Promise<(RekognitionUser | null)[]> {
    const users = new Map<string, RekognitionUser>();
    const wanted = new Set(userIds);
    let token: string | undefined;
    do {
      const page = await found(this.aws.users.list(collectionId, MAX_USER_PAGE, token));
      for (const user of page?.items ?? []) {
        if (wanted.delete(user.userId)) users.set(user.userId, user);
      }
      token = page?.nextToken;
    } while (token !== undefined && wanted.size > 0);
    return userIds.map(userId => users.get(userId) ?? null);
  }
}
